// name: implements_replaced
// doc: Documents that implement one which another had replaced by then (`other`): the new one's date is known to be no
//      later than the document's. The evidence tells of both.
// severity: error
// param: document?  only in this document and those that implement it; left out: in every document whose text is there
// returns: source, other, replaced_by, evidence
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
MATCH (source)-[link:THUC_HIEN]->(other:Document)<-[replaces:THAY_THE]-(new:Document)
WHERE new.id <> source.id AND new.id <> other.id
  AND left(new.issued_on, coalesce(size(source.issued_on), 10))
      <= left(source.issued_on, coalesce(size(new.issued_on), 10))
UNWIND [link, replaces] AS said
WITH source, other, new, said, [said.doc, said.start, said.end] AS place
ORDER BY place
WITH source, other, new, collect(DISTINCT {doc: said.doc, start: said.start, end: said.end, section: said.section,
                       quote: said.quote, rule: said.rule, confidence: said.confidence}) AS evidence
WITH source, other, new, evidence, [source.id, other.id, new.id] AS place
ORDER BY place
RETURN source.id AS source, other.id AS other, new.id AS replaced_by, evidence
