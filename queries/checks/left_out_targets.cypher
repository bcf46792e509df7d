// name: left_out_targets
// doc: Targets that a document sets for whoever issued another that implements it directly, or for a class that the issuer
//      belongs to, with the subjects of that document's own targets (`subjects`); `other` is that document. `vanmach
//      check` finds only those of which no target there is of a subject alike; here they are all.
// severity: info
// param: document?  only targets of this document; left out: of every document whose text is there
// returns: agency, agency_id, level, place, source, target, section, subject, deadline, other, subjects, evidence
CALL () {
  UNWIND CASE WHEN $document IS NULL THEN ['ingested'] ELSE [] END AS status
  MATCH (source:Document {status: status})
  RETURN source
  UNION ALL
  MATCH (source:Document {id: $document})
  RETURN source
}
MATCH (source)<-[:THUC_HIEN]-(other:Document)
WHERE other.id <> source.id
WITH DISTINCT source, other
MATCH (other)-[:GOM]->(own:Target)
WITH DISTINCT source, other, own
WITH source, other, own.subject AS subject ORDER BY subject
WITH source, other, collect(DISTINCT subject) AS subjects
MATCH (other)<-[:BAN_HANH]-(agency:Agency)
WITH DISTINCT source, other, subjects, agency
CALL (agency) {
  RETURN agency AS named
  UNION
  MATCH (agency)-[:THUOC]->(named:Agency)
  WHERE named.collective AND named.id <> agency.id
  RETURN named
}
MATCH (source)-[:GOM]->(target:Target)-[given:GIAO]->(named)
WHERE coalesce(given.role, '') <> 'theo dõi'
WITH DISTINCT source, other, subjects, agency, target, given
WITH source, other, subjects, agency, target, given, [given.doc, given.start, given.end] AS place
ORDER BY place
WITH source, other, subjects, agency, target,
     collect(DISTINCT {doc: given.doc, start: given.start, end: given.end, section: given.section,
                       quote: given.quote, rule: given.rule, confidence: given.confidence}) AS evidence
WITH source, other, subjects, agency, target, evidence, [source.id, target.id, other.id, agency.name, agency.id] AS place
ORDER BY place
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place,
       source.id AS source, target.id AS target, target.section AS section, target.subject AS subject,
       target.by AS deadline, other.id AS other, subjects, evidence
