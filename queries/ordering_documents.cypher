// name: ordering_documents
// doc: Documents that order somebody to issue a plan, the oldest first: those that give a task with requires_plan.
// param: document?  only this document and those that implement it; left out: every document whose text is there
// returns: id, symbol, type, title, issuer, issued_on, level, place, status
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
MATCH (source)-[:GOM]->(task:Task)
WHERE task.requires_plan
WITH DISTINCT source
RETURN source.id AS id, source.symbol AS symbol, source.type AS type, source.title AS title, source.issuer AS issuer,
       source.issued_on AS issued_on, source.level AS level, source.place AS place, source.status AS status
ORDER BY coalesce(issued_on, ''), id
