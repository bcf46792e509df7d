// name: relations_of
// doc: How a document stands to other documents (implements, is based on, amends, replaces, cites …) in both
//      directions, one row for each passage that says so.
// param: document  id of the document
// returns: direction, relation, id, symbol, type, title, issuer, issued_on, status, doc, start, end, section, quote, rule, confidence
MATCH (document:Document {id: $document})-[link]-(other:Document)
RETURN CASE WHEN startNode(link) = document THEN 'out' ELSE 'in' END AS direction, type(link) AS relation,
       other.id AS id, other.symbol AS symbol, other.type AS type, other.title AS title, other.issuer AS issuer,
       other.issued_on AS issued_on, other.status AS status, link.doc AS doc, link.start AS start, link.end AS end,
       link.section AS section, link.quote AS quote, link.rule AS rule, link.confidence AS confidence
ORDER BY direction, relation, id, coalesce(doc, ''), coalesce(start, 0)
