// name: issued_after
// doc: Documents that are known to have been issued after a day, as far as their date and the day are known, or all of
//      them, with their dates.
// param: document?  only this document and those that implement it, at any depth; left out: every document whose text is in the collection
// param: as_of?: date  the day; left out: all, also those whose date is not known
// returns: id, issued_on
CALL () {
  UNWIND CASE WHEN $document IS NULL THEN ['ingested'] ELSE [] END AS status
  MATCH (document:Document {status: status})
  RETURN document
  UNION ALL
  MATCH (top:Document {id: $document})
  CALL (top) {
    MATCH (top)<-[:THUC_HIEN*0..]-(document:Document)
    RETURN DISTINCT document
  }
  RETURN document
}
WITH document
WHERE $as_of IS NULL OR left(document.issued_on, coalesce(size($as_of), 10))
                        > left($as_of, coalesce(size(document.issued_on), 10))
WITH document.id AS id, document.issued_on AS issued_on
ORDER BY id
RETURN id, issued_on
