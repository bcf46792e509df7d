// name: agency_out_of_time
// doc: Agencies that a document gives a task, or a part in one, although they were no more, or not yet there, on its date,
//      as far as the dates are known.
// severity: warning
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
MATCH (source)-[:GOM]->(:Task)-[given:GIAO|PHOI_HOP]->(agency:Agency)
WHERE left(source.issued_on, coalesce(size(agency.valid_to), 10))
      > left(agency.valid_to, coalesce(size(source.issued_on), 10))
   OR left(source.issued_on, coalesce(size(agency.valid_from), 10))
      < left(agency.valid_from, coalesce(size(source.issued_on), 10))
WITH source, agency, given, [given.doc, given.start, given.end] AS place
ORDER BY place
WITH source, agency, collect(DISTINCT {doc: given.doc, start: given.start, end: given.end, section: given.section,
                       quote: given.quote, rule: given.rule, confidence: given.confidence}) AS evidence
WITH source, agency, evidence, [source.id, agency.name, agency.id] AS place
ORDER BY place
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place,
       source.id AS source, evidence
