// name: tasks_of_document
// doc: The tasks of one document in the order of its text, with who leads, takes part and is reported to.
// param: document  id of the document
// param: section?  only the task at this section ("III.2.1") and what stands below it; left out: every task
// returns: id, section, heading, text, leads, coordinators, report_to, deadline, deadline_text, recurrence, requires_plan, start, end
MATCH (:Document {id: $document})-[:GOM]->(task:Task)
WHERE $section IS NULL OR task.section = $section
   OR task.section STARTS WITH $section + '.' OR task.section STARTS WITH $section + '-'
OPTIONAL MATCH (task)-[:GIAO]->(lead:Agency)
WITH task, lead.name AS lead ORDER BY lead
WITH task, collect(DISTINCT lead) AS leads
OPTIONAL MATCH (task)-[:PHOI_HOP]->(coordinator:Agency)
WITH task, leads, coordinator.name AS coordinator ORDER BY coordinator
WITH task, leads, collect(DISTINCT coordinator) AS coordinators
OPTIONAL MATCH (task)-[:BAO_CAO]->(addressee:Agency)
WITH task, leads, coordinators, addressee.name AS addressee ORDER BY addressee
WITH task, leads, coordinators, collect(DISTINCT addressee) AS report_to
RETURN task.id AS id, task.section AS section, task.heading AS heading, task.text AS text, leads, coordinators,
       report_to, task.deadline AS deadline, task.deadline_text AS deadline_text, task.recurrence AS recurrence,
       coalesce(task.requires_plan, false) AS requires_plan, task.start AS start, task.end AS end
ORDER BY task.ordinal, start, id
