// name: units_implementing
// doc: Agencies that lead, do, follow or take part in tasks of a document or of any document that implements it, at any
//      depth: one row for an agency and a role. A collective ("UBND các xã") stands for itself and for each of its
//      known members; `via` names the collectives through which an agency has its tasks, and is empty where it is
//      named itself only.
// param: document  id of the document at the top
// param: role?  chủ trì, thực hiện, theo dõi or phối hợp; left out: every role
// param: level?  level of the agency (trung ương, tỉnh, huyện, xã, cơ sở); left out: every level
// returns: agency, agency_id, level, place, role, collective, via, tasks, documents, evidence
MATCH (top:Document {id: $document})
CALL (top) {
  MATCH (top)<-[:THUC_HIEN*0..]-(document:Document)
  RETURN DISTINCT document
}
MATCH (document)-[:GOM]->(task:Task)-[given:GIAO|PHOI_HOP]->(named:Agency)
WITH document, task, given, named,
     CASE type(given) WHEN 'PHOI_HOP' THEN 'phối hợp' ELSE coalesce(given.role, 'thực hiện') END AS role
WHERE $role IS NULL OR role = $role
CALL (named) {
  RETURN named AS agency, null AS via
  UNION
  MATCH (named)<-[:THUOC]-(agency:Agency)
  WHERE named.collective
  RETURN agency, named.name AS via
}
WITH document, task, given, role, agency, via
WHERE $level IS NULL OR agency.level = $level
WITH document, task, given, role, agency, via ORDER BY given.doc, given.start, given.end, task.id, document.id, via
WITH agency, role,
     collect(DISTINCT via) AS via,
     count(DISTINCT task) AS tasks,
     collect(DISTINCT document.id) AS documents,
     collect(DISTINCT {doc: given.doc, start: given.start, end: given.end, section: given.section,
                       quote: given.quote, rule: given.rule, confidence: given.confidence}) AS evidence
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place, role,
       coalesce(agency.collective, false) AS collective, via, tasks, documents, evidence
ORDER BY agency, agency_id, role
