// name: holdings
// doc: How many documents of each agency are in the collection, text and all; one that is only cited does not count.
// returns: agency_id, agency, level, place, documents
MATCH (agency:Agency)-[:BAN_HANH]->(document:Document {status: 'ingested'})
WITH agency, count(DISTINCT document.id) AS documents
RETURN agency.id AS agency_id, agency.name AS agency, agency.level AS level, agency.place AS place, documents
ORDER BY agency_id
