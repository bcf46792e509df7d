// name: tasks_under
// doc: The tasks of a document and of every document that implements it, at any depth, each document's in the order
//      of its text (`document` is its id), with who leads, takes part and is reported to.
// param: document  id of the document at the top
// returns: document, id, section, text, leads, coordinators, report_to, deadline, recurrence, requires_plan
MATCH (top:Document {id: $document})
CALL (top) {
  MATCH (top)<-[:THUC_HIEN*0..]-(document:Document)
  RETURN DISTINCT document
}
MATCH (document)-[:GOM]->(task:Task)
OPTIONAL MATCH (task)-[:GIAO]->(lead:Agency)
WITH document, task, lead.name AS lead ORDER BY lead
WITH document, task, collect(DISTINCT lead) AS leads
OPTIONAL MATCH (task)-[:PHOI_HOP]->(coordinator:Agency)
WITH document, task, leads, coordinator.name AS coordinator ORDER BY coordinator
WITH document, task, leads, collect(DISTINCT coordinator) AS coordinators
OPTIONAL MATCH (task)-[:BAO_CAO]->(addressee:Agency)
WITH document, task, leads, coordinators, addressee.name AS addressee ORDER BY addressee
WITH document, task, leads, coordinators, collect(DISTINCT addressee) AS report_to
RETURN document.id AS document, task.id AS id, task.section AS section, task.text AS text, leads, coordinators,
       report_to, task.deadline AS deadline, task.recurrence AS recurrence,
       coalesce(task.requires_plan, false) AS requires_plan
ORDER BY document, task.ordinal, id
