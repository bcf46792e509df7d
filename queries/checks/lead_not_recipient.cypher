// name: lead_not_recipient
// doc: Agencies that a document gives a task (not only to follow it) and that it was not sent to: neither the agency, nor
//      what it is part of, nor a part of it, nor a class that it belongs to. Tasks of the issuer itself are left out, and
//      documents without recipients, or with a class among them whose members are not known ("các phòng, ban").
// severity: info
// param: document?  only in this document and those that implement it; left out: in every document whose text is there
// returns: agency, agency_id, level, place, source, evidence
CALL () {
  UNWIND CASE WHEN $document IS NULL THEN ['ingested'] ELSE [] END AS status
  MATCH (source:Document {status: status})
  RETURN source
  UNION ALL
  MATCH (top:Document {id: $document})
  CALL (top) {
    MATCH (top)<-[:THUC_HIEN*0..]-(source:Document)
    RETURN DISTINCT source
  }
  RETURN source
}
MATCH (source)-[:GUI]->(told:Agency)
WITH DISTINCT source, told
OPTIONAL MATCH (told)<-[:THUOC]-(member:Agency)
WITH source, told, count(member) AS members
WITH source, sum(CASE WHEN told.collective AND members = 0 THEN 1 ELSE 0 END) AS vague
WHERE vague = 0
MATCH (source)-[:GOM]->(task:Task)-[given:GIAO]->(agency:Agency)
WHERE coalesce(given.role, '') <> 'theo dõi'
OPTIONAL MATCH (agency)-[:THUOC]-(beside:Agency)<-[:GUI]-(source)
WITH source, agency, given, count(beside) AS beside
OPTIONAL MATCH (source)-[sent:GUI]->(agency)
WITH source, agency, given, beside, count(sent) AS sent
OPTIONAL MATCH (agency)-[own:BAN_HANH]->(source)
WITH source, agency, given, beside, sent, count(own) AS own
WHERE beside + sent + own = 0
WITH source, agency, given, [given.doc, given.start, given.end] AS place
ORDER BY place
WITH source, agency, collect(DISTINCT {doc: given.doc, start: given.start, end: given.end, section: given.section,
                       quote: given.quote, rule: given.rule, confidence: given.confidence}) AS evidence
WITH source, agency, evidence, [source.id, agency.name, agency.id] AS place
ORDER BY place
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place,
       source.id AS source, evidence
