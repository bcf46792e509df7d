// name: trace_up
// doc: The links of the tree above a document: one row for each document and each document in the tree that
//      implements it (`parent`, the one nearer to the asked document), with the passages that say so.
// param: document  id of the document at the bottom
// returns: parent, id, symbol, type, title, issuer, issued_on, level, place, status, tasks, evidence
MATCH (bottom:Document {id: $document})
CALL (bottom) {
  MATCH (bottom)-[:THUC_HIEN*0..]->(parent:Document)
  RETURN DISTINCT parent
}
MATCH (parent)-[link:THUC_HIEN]->(document:Document)
WHERE document.id <> parent.id
WITH document, collect({parent: parent, link: link}) AS links
OPTIONAL MATCH (document)-[:GOM]->(task:Task)
WITH document, links, count(DISTINCT task) AS tasks
UNWIND links AS one
WITH one.parent AS parent, document, tasks, one.link AS link, [one.link.doc, one.link.start, one.link.end] AS place
WITH * ORDER BY place
WITH parent, document, tasks,
     collect({doc: link.doc, start: link.start, end: link.end, section: link.section, quote: link.quote,
              rule: link.rule, confidence: link.confidence}) AS evidence
WITH parent, document, tasks, evidence, [parent.id, coalesce(document.issued_on, ''), document.id] AS place
ORDER BY place
RETURN parent.id AS parent, document.id AS id, document.symbol AS symbol, document.type AS type,
       document.title AS title, document.issuer AS issuer, document.issued_on AS issued_on,
       document.level AS level, document.place AS place, document.status AS status, tasks, evidence
