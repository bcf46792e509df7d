// name: documents_of_symbol
// doc: Documents that have exactly this symbol, as it is written in the graph.
// param: symbol  a whole symbol ("21-CT/TW")
// returns: id, symbol, type, title, issuer, issued_on, level, place, status
MATCH (document:Document {symbol: $symbol})
RETURN document.id AS id, document.symbol AS symbol, document.type AS type, document.title AS title,
       document.issuer AS issuer, document.issued_on AS issued_on, document.level AS level,
       document.place AS place, document.status AS status
ORDER BY CASE document.status WHEN 'ingested' THEN 0 ELSE 1 END, coalesce(document.issued_on, ''), document.id
