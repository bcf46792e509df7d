// name: missing_middle
// doc: Documents of a chain that are only cited: others implement them, they implement others, and their text is not in
//      the collection (`other`); `source` is a document that implements it.
// severity: info
// param: document?  only in this document and those that implement it; left out: in every document whose text is there
// returns: source, other, evidence
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
MATCH (source)-[link:THUC_HIEN]->(other:Document {status: 'cited'})-[:THUC_HIEN]->(above:Document)
WHERE source.id <> other.id AND above.id <> other.id
WITH source, other, link, [link.doc, link.start, link.end] AS place
ORDER BY place
WITH source, other, collect(DISTINCT {doc: link.doc, start: link.start, end: link.end, section: link.section,
                       quote: link.quote, rule: link.rule, confidence: link.confidence}) AS evidence
WITH source, other, evidence, [source.id, other.id] AS place
ORDER BY place
RETURN source.id AS source, other.id AS other, evidence
