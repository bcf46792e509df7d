// name: document
// doc: One document with all that is known of it, and how many tasks and targets it holds.
// param: document  id of the document
// returns: id, symbol, symbol_suffix, type, title, issuer, issued_on, level, place, signer, signer_position, status, source, inferred, ambiguous_with, names, tasks, targets
MATCH (document:Document {id: $document})
OPTIONAL MATCH (document)-[:GOM]->(task:Task)
WITH document, count(DISTINCT task) AS tasks
OPTIONAL MATCH (document)-[:GOM]->(target:Target)
WITH document, tasks, count(DISTINCT target) AS targets
RETURN document.id AS id, document.symbol AS symbol, document.symbol_suffix AS symbol_suffix,
       document.type AS type, document.title AS title, document.issuer AS issuer,
       document.issued_on AS issued_on, document.level AS level, document.place AS place,
       document.signer AS signer, document.signer_position AS signer_position,
       document.status AS status, document.source AS source, document.inferred AS inferred,
       document.ambiguous_with AS ambiguous_with, document.names AS names, tasks, targets
