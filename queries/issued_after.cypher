// name: issued_after
// doc: Documents that are known to have been issued after a day, as far as their date and the day are known.
// param: document?  only this document and those that implement it, at any depth; left out: every document whose text is in the collection
// param: as_of: date  the day
// returns: id
CALL () {
  UNWIND CASE WHEN $document IS NULL THEN ['ingested'] ELSE [] END AS status
  MATCH (document:Document {status: status})
  RETURN document
  UNION ALL
  MATCH (:Document {id: $document})<-[:THUC_HIEN*0..]-(document:Document)
  RETURN DISTINCT document
}
WITH document
WHERE left(document.issued_on, size($as_of)) > left($as_of, size(document.issued_on))
WITH document.id AS id
ORDER BY id
RETURN id
