// name: directives
// doc: Documents at the top: others implement them, and they implement none; those that most implement first.
// returns: id, symbol, type, title, issuer, issued_on, level, place, status, implementing
MATCH (document:Document)
WHERE document.id STARTS WITH ''  // all, along the index of ids
MATCH (document)<-[:THUC_HIEN]-(lower:Document)
WHERE lower.id <> document.id
WITH document, count(DISTINCT lower) AS implementing
OPTIONAL MATCH (document)-[:THUC_HIEN]->(upper:Document)
WHERE upper.id <> document.id
WITH document, implementing, count(upper) AS uppers
WHERE uppers = 0
RETURN document.id AS id, document.symbol AS symbol, document.type AS type, document.title AS title,
       document.issuer AS issuer, document.issued_on AS issued_on, document.level AS level,
       document.place AS place, document.status AS status, implementing
ORDER BY CASE document.status WHEN 'ingested' THEN 0 ELSE 1 END, implementing DESC, document.id
