// name: symbol_used_twice
// doc: Two documents of one agency and one year that have the same symbol; `other` is the one whose id comes later.
// severity: warning
// param: document?  only in this document and those that implement it; left out: in every document whose text is there
// returns: agency, agency_id, level, place, source, other, evidence
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
MATCH (source)<-[:BAN_HANH]-(agency:Agency)  // an edge for each document that names who issued it
WITH agency, collect(DISTINCT source) AS sources
CALL (agency) {
  MATCH (agency)-[:BAN_HANH]->(other:Document)
  RETURN DISTINCT other
}
UNWIND sources AS source
WITH source, agency, other
WHERE source.symbol = other.symbol AND source.id < other.id AND left(source.issued_on, 4) = left(other.issued_on, 4)
MATCH (source)<-[issues:BAN_HANH]-(agency)
WITH source, agency, other, issues, [issues.doc, issues.start, issues.end] AS place
ORDER BY place
WITH source, agency, other, collect(DISTINCT {doc: issues.doc, start: issues.start, end: issues.end, section: issues.section,
                       quote: issues.quote, rule: issues.rule, confidence: issues.confidence}) AS evidence
WITH source, agency, other, evidence, [source.id, other.id, agency.id] AS place
ORDER BY place
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place,
       source.id AS source, other.id AS other, evidence
