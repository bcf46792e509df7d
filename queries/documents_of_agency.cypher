// name: documents_of_agency
// doc: Documents that an agency issued.
// param: agency  id of the agency
// returns: id, symbol, type, title, issuer, issued_on, level, place, status
MATCH (:Agency {id: $agency})-[:BAN_HANH]->(document:Document)
WITH DISTINCT document
RETURN document.id AS id, document.symbol AS symbol, document.type AS type, document.title AS title,
       document.issuer AS issuer, document.issued_on AS issued_on, document.level AS level,
       document.place AS place, document.status AS status
ORDER BY CASE document.status WHEN 'ingested' THEN 0 ELSE 1 END, coalesce(document.issued_on, ''), document.id
