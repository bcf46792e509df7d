// name: plans_under
// doc: What agencies have issued to implement a document, directly or through others: a row for a document and an agency
//      that issued it. `parents` are the ids of the documents that it implements itself.
// param: document  id of the document at the top
// returns: id, type, issued_on, status, agency, agency_id, parents
MATCH (top:Document {id: $document})
CALL (top) {
  MATCH (top)<-[:THUC_HIEN*1..]-(plan:Document)
  RETURN DISTINCT plan
}
MATCH (plan)-[:THUC_HIEN]->(above:Document)
WHERE plan.id <> top.id
WITH plan, above.id AS parent
ORDER BY parent
WITH plan, collect(DISTINCT parent) AS parents
MATCH (plan)<-[:BAN_HANH]-(agency:Agency)
WITH DISTINCT plan, parents, agency
RETURN plan.id AS id, plan.type AS type, plan.issued_on AS issued_on, plan.status AS status,
       agency.name AS agency, agency.id AS agency_id, parents
ORDER BY coalesce(issued_on, ''), id, agency_id
