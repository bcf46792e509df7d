// name: agencies_coordinating
// doc: Pairs of agencies of which one leads and the other takes part in the same task, in a document or in any
//      document that implements it, with the number of tasks that they share.
// param: document  id of the document at the top
// returns: lead, lead_id, coordinator, coordinator_id, tasks, documents
MATCH (top:Document {id: $document})
CALL (top) {
  MATCH (top)<-[:THUC_HIEN*0..]-(document:Document)
  RETURN DISTINCT document
}
MATCH (document)-[:GOM]->(task:Task)-[:GIAO]->(lead:Agency)
WITH DISTINCT document, task, lead
MATCH (task)-[:PHOI_HOP]->(coordinator:Agency)
WHERE coordinator.id <> lead.id
WITH DISTINCT document, task, lead, coordinator ORDER BY document.id
WITH lead, coordinator, count(DISTINCT task) AS tasks, collect(DISTINCT document.id) AS documents
RETURN lead.name AS lead, lead.id AS lead_id, coordinator.name AS coordinator, coordinator.id AS coordinator_id,
       tasks, documents
ORDER BY tasks DESC, lead, coordinator, lead_id, coordinator_id
