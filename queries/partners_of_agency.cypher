// name: partners_of_agency
// doc: Agencies that have a part in tasks of an agency, whoever leads, with the number of tasks that they share.
// param: agency  id of the agency
// returns: partner, partner_id, level, tasks
MATCH (agency:Agency {id: $agency})<-[:GIAO|PHOI_HOP]-(task:Task)
WITH DISTINCT agency, task
MATCH (task)-[:GIAO|PHOI_HOP]->(partner:Agency)
WHERE partner.id <> agency.id
WITH partner, count(DISTINCT task) AS tasks
RETURN partner.name AS partner, partner.id AS partner_id, partner.level AS level, tasks
ORDER BY tasks DESC, partner, partner_id
