// name: documents_over
// doc: Every document that a document implements, directly or through others, nearest first.
//      `depth` is the shortest way up; `children` are the ids of those, between the two, that implement it themselves.
// param: document  id of the document at the bottom
// returns: depth, id, symbol, type, title, issuer, issued_on, level, place, status, children
MATCH (bottom:Document {id: $document})
CALL (bottom) {
  MATCH (bottom)-[:THUC_HIEN*0..]->(child:Document)
  RETURN DISTINCT child
}
MATCH (child)-[:THUC_HIEN]->(document:Document)
WHERE document.id <> bottom.id AND document.id <> child.id
WITH DISTINCT bottom, document, child.id AS child
ORDER BY child
WITH bottom, document, collect(child) AS children
MATCH path = shortestPath((bottom)-[:THUC_HIEN*1..]->(document))
RETURN length(path) AS depth, document.id AS id, document.symbol AS symbol, document.type AS type,
       document.title AS title, document.issuer AS issuer, document.issued_on AS issued_on,
       document.level AS level, document.place AS place, document.status AS status, children
ORDER BY depth, coalesce(document.issued_on, ''), id
