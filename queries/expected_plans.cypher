// name: expected_plans
// doc: Who a document was sent to and may be expected to act on it, which is weaker than an order: each recipient, and of
//      a class its known members, whether it was sent to act on or for information.
// param: document  id of the document
// returns: agency, agency_id, level, place, via, evidence
MATCH (:Document {id: $document})-[sent:GUI]->(named:Agency)
OPTIONAL MATCH (named)<-[:THUOC]-(member:Agency)
WHERE named.collective
WITH coalesce(member, named) AS agency, sent, CASE WHEN member IS NOT NULL THEN named.name END AS via
WITH agency, sent, via, [sent.doc, sent.start, sent.end, via] AS place
ORDER BY place
WITH agency, head(collect(via)) AS via,
     collect(DISTINCT {doc: sent.doc, start: sent.start, end: sent.end, section: sent.section, quote: sent.quote,
                       rule: sent.rule, confidence: sent.confidence}) AS evidence
WITH agency, via, evidence, [agency.name, agency.id] AS place
ORDER BY place
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place, via, evidence
