// name: holdings
// doc: How many documents of each agency are in the collection, text and all; one that is only cited does not count.
// returns: agency_id, agency, level, place, documents
CALL () {
  MATCH (agency:Agency)
  WHERE agency.id STARTS WITH ''  // all, along the index of ids
  OPTIONAL MATCH (agency)-[:BAN_HANH]->(document)
  WITH agency, count(DISTINCT document) AS issued
  RETURN agency, issued
  UNION ALL
  MATCH (document:Document {status: 'cited'})<-[:BAN_HANH]-(agency:Agency)
  WITH agency, count(DISTINCT document) AS cited
  RETURN agency, -cited AS issued
}
WITH agency, sum(issued) AS documents
WHERE documents > 0
RETURN agency.id AS agency_id, agency.name AS agency, agency.level AS level, agency.place AS place, documents
ORDER BY agency_id
