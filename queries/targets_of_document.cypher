// name: targets_of_document
// doc: The targets of one document in the order of its text, with who has to reach them.
// param: document  id of the document
// returns: id, section, subject, comparator, value, value_max, unit, deadline, text, leads, start, end
MATCH (:Document {id: $document})-[:GOM]->(target:Target)
OPTIONAL MATCH (target)-[:GIAO]->(lead:Agency)
WITH target, lead.name AS lead ORDER BY lead
WITH target, collect(DISTINCT lead) AS leads
RETURN target.id AS id, target.section AS section, target.subject AS subject, target.comparator AS comparator,
       target.value AS value, target.value_max AS value_max, target.unit AS unit, target.by AS deadline,
       target.text AS text, leads, target.start AS start, target.end AS end
ORDER BY target.ordinal, start, id
