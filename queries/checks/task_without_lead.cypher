// name: task_without_lead
// doc: Tasks that nobody is told to lead, to do or to follow.
// severity: info
// param: document?  only in this document and those that implement it; left out: in every document whose text is there
// returns: source, task, section, deadline, evidence
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
MATCH (source)-[contains:GOM]->(task:Task)
OPTIONAL MATCH (task)-[given:GIAO]->(:Agency)
WITH source, task, contains, given
WHERE given IS NULL
WITH source, task, contains, [source.id, coalesce(task.ordinal, 0), task.id, contains.start, contains.end] AS place
ORDER BY place
WITH source, task, collect(DISTINCT {doc: contains.doc, start: contains.start, end: contains.end, section: contains.section,
                       quote: contains.quote, rule: contains.rule, confidence: contains.confidence}) AS evidence
WITH source, task, evidence, [source.id, coalesce(task.ordinal, 0), task.id] AS place
ORDER BY place
RETURN source.id AS source, task.id AS task, task.section AS section, task.deadline AS deadline, evidence
