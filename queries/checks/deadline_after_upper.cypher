// name: deadline_after_upper
// doc: Tasks whose deadline lies after that of the task above which they make concrete, as far as both dates are known.
//      `other` is the document of the task above.
// severity: warning
// param: document?  only in this document and those that implement it; left out: in every document whose text is there
// returns: source, task, section, deadline, other, upper_task, upper_deadline, evidence
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
MATCH (source)-[:GOM]->(task:Task)-[made:CU_THE_HOA]->(upper:Task)<-[:GOM]-(above:Document)
WHERE left(task.deadline, coalesce(size(upper.deadline), 10)) > left(upper.deadline, coalesce(size(task.deadline), 10))
WITH source, task, upper, above, made, [made.doc, made.start, made.end] AS place
ORDER BY place
WITH source, task, upper, above, collect(DISTINCT {doc: made.doc, start: made.start, end: made.end, section: made.section,
                       quote: made.quote, rule: made.rule, confidence: made.confidence}) AS evidence
WITH source, task, upper, above, evidence, [source.id, task.id, above.id, upper.id] AS place
ORDER BY place
RETURN source.id AS source, task.id AS task, task.section AS section, task.deadline AS deadline, above.id AS other,
       upper.id AS upper_task, upper.deadline AS upper_deadline, evidence
