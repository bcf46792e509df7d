// name: documents_under
// doc: Every document that implements a document, directly or through others, nearest first.
//      `depth` is the shortest way down; `parents` are the ids of those that it implements itself.
// param: document  id of the document at the top
// returns: depth, id, symbol, type, title, issuer, issued_on, level, place, status, parents
MATCH (top:Document {id: $document})
CALL (top) {
  MATCH (top)<-[:THUC_HIEN*0..]-(parent:Document)
  RETURN DISTINCT parent
}
MATCH (parent)<-[:THUC_HIEN]-(document:Document)
WHERE document.id <> top.id AND document.id <> parent.id
WITH DISTINCT top, document, parent.id AS parent
ORDER BY parent
WITH top, document, collect(parent) AS parents
MATCH path = shortestPath((document)-[:THUC_HIEN*1..]->(top))
RETURN length(path) AS depth, document.id AS id, document.symbol AS symbol, document.type AS type,
       document.title AS title, document.issuer AS issuer, document.issued_on AS issued_on,
       document.level AS level, document.place AS place, document.status AS status, parents
ORDER BY depth, coalesce(document.issued_on, ''), id
