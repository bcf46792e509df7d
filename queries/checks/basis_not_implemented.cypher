// name: basis_not_implemented
// doc: Plans and programmes that name a directive, a resolution, a conclusion, a plan or a programme of action as their
//      basis (`other`) and do not implement it, neither directly nor through others.
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
MATCH (source)-[based:CAN_CU]->(other:Document)
WHERE source.type IN ['Kế hoạch', 'Chương trình', 'Chương trình hành động'] AND source.id <> other.id
  AND other.type IN ['Chỉ thị', 'Nghị quyết', 'Kết luận', 'Kế hoạch', 'Chương trình hành động']
CALL (source) {
  MATCH (source)-[:THUC_HIEN*1..]->(above:Document)
  RETURN collect(DISTINCT above.id) AS implemented
}
WITH source, other, based, implemented
WHERE NOT other.id IN implemented
WITH source, other, based, [based.doc, based.start, based.end] AS place
ORDER BY place
WITH source, other, collect(DISTINCT {doc: based.doc, start: based.start, end: based.end, section: based.section,
                       quote: based.quote, rule: based.rule, confidence: based.confidence}) AS evidence
WITH source, other, evidence, [source.id, other.id] AS place
ORDER BY place
RETURN source.id AS source, other.id AS other, evidence
