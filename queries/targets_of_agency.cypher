// name: targets_of_agency
// doc: The targets that an agency has to reach or to follow, in whatever document; also those set for a collective of
//      which it is a member (`via` names the collective).
// param: agency  id of the agency
// returns: document, symbol, issued_on, target, section, text, subject, comparator, value, value_max, unit, deadline, role, via, evidence
MATCH (agency:Agency {id: $agency})
CALL (agency) {
  RETURN agency AS named, null AS via
  UNION
  MATCH (agency)-[:THUOC]->(named:Agency)
  WHERE named.collective
  RETURN named, named.name AS via
}
MATCH (named)<-[given:GIAO]-(aim:Target)<-[:GOM]-(source:Document)
WITH source, aim, via, given, coalesce(given.role, 'thực hiện') AS role
ORDER BY given.doc, given.start, given.end
WITH source, aim, role, via,
     collect(DISTINCT {doc: given.doc, start: given.start, end: given.end, section: given.section,
                       quote: given.quote, rule: given.rule, confidence: given.confidence}) AS evidence
RETURN source.id AS document, source.symbol AS symbol, source.issued_on AS issued_on, aim.id AS target,
       aim.section AS section, aim.text AS text, aim.subject AS subject, aim.comparator AS comparator,
       aim.value AS value, aim.value_max AS value_max, aim.unit AS unit, aim.by AS deadline, role, via,
       evidence
ORDER BY coalesce(source.issued_on, ''), source.id, aim.ordinal, aim.id, role, coalesce(via, '')
