// name: documents
// doc: Documents that hold every word of a text in their symbol, type, title, names or issuer; without a text, all.
// param: text?: words  words in any order, with or without diacritics; left out: every document
// param: id?  only documents whose id begins so; left out: whatever the id
// returns: id, symbol, type, title, issuer, issued_on, level, place, status
MATCH (document:Document)
WHERE ($text IS NULL
       OR all(word IN split($text, ' ') WHERE ' ' + document.search + ' ' CONTAINS ' ' + word + ' '))
  AND document.id STARTS WITH coalesce($id, '')
RETURN document.id AS id, document.symbol AS symbol, document.type AS type, document.title AS title,
       document.issuer AS issuer, document.issued_on AS issued_on, document.level AS level,
       document.place AS place, document.status AS status
ORDER BY CASE document.status WHEN 'ingested' THEN 0 ELSE 1 END,
         coalesce(document.issued_on, ''), coalesce(document.symbol, ''), document.id
