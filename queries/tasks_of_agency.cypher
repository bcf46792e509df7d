// name: tasks_of_agency
// doc: The tasks that an agency leads, does, follows or takes part in, in whatever document; also those given to a
//      collective of which it is a member (`via` names the collective).
// param: agency  id of the agency
// param: role?  chủ trì, thực hiện, theo dõi or phối hợp; left out: every role
// returns: document, symbol, issued_on, task, section, text, role, via, deadline, recurrence, requires_plan, evidence
MATCH (agency:Agency {id: $agency})
CALL (agency) {
  RETURN agency AS named, null AS via
  UNION
  MATCH (agency)-[:THUOC]->(named:Agency)
  WHERE named.collective
  RETURN named, named.name AS via
}
MATCH (named)<-[given:GIAO|PHOI_HOP]-(duty:Task)<-[:GOM]-(source:Document)
WITH source, duty, given, via,
     CASE type(given) WHEN 'PHOI_HOP' THEN 'phối hợp' ELSE coalesce(given.role, 'thực hiện') END AS role
WHERE $role IS NULL OR role = $role
WITH source, duty, role, via, given ORDER BY given.doc, given.start, given.end
WITH source, duty, role, via,
     collect(DISTINCT {doc: given.doc, start: given.start, end: given.end, section: given.section,
                       quote: given.quote, rule: given.rule, confidence: given.confidence}) AS evidence
RETURN source.id AS document, source.symbol AS symbol, source.issued_on AS issued_on, duty.id AS task,
       duty.section AS section, duty.text AS text, role, via, duty.deadline AS deadline,
       duty.recurrence AS recurrence, coalesce(duty.requires_plan, false) AS requires_plan, evidence
ORDER BY coalesce(source.issued_on, ''), source.id, duty.ordinal, duty.id, role, coalesce(via, '')
