// name: documents_by_level
// doc: How many documents of each level there are, with their text and only cited.
// returns: level, ingested, cited
MATCH (document:Document)
WHERE document.id STARTS WITH ''  // all, along the index of ids
RETURN document.level AS level,
       sum(CASE WHEN document.status = 'ingested' THEN 1 ELSE 0 END) AS ingested,
       sum(CASE WHEN document.status = 'ingested' THEN 0 ELSE 1 END) AS cited
ORDER BY level
