// name: units_implementing
// doc: Agencies that lead, do, follow or take part in tasks of a document or of any document that implements it, at any
//      depth: one row for an agency and a role. A collective ("UBND các xã") stands for itself and for each of its
//      known members; `via` names the collectives through which an agency has its tasks, and is empty where it is
//      named itself only.
// param: document  id of the document at the top
// param: role?  chủ trì, thực hiện, theo dõi or phối hợp; left out: every role
// param: level?  level of the agency (trung ương, tỉnh, huyện, xã, cơ sở); left out: every level
// param: as_of?: date  only documents that were not issued after this day, as far as that is known; left out: all
// returns: agency, agency_id, level, place, role, collective, via, tasks, documents, evidence
MATCH (top:Document {id: $document})
CALL (top) {
  MATCH (top)<-[:THUC_HIEN*0..]-(document:Document)
  RETURN DISTINCT document
}
WITH document
WHERE coalesce(left(document.issued_on, coalesce(size($as_of), 10))
               <= left($as_of, coalesce(size(document.issued_on), 10)), true)
MATCH (document)-[:GOM]->(task:Task)-[given:GIAO|PHOI_HOP]->(named:Agency)
WITH document, task, given, named,
     CASE type(given) WHEN 'PHOI_HOP' THEN 'phối hợp' ELSE coalesce(given.role, 'thực hiện') END AS role
WHERE $role IS NULL OR role = $role
WITH named, role, collect({document: document.id, task: task.id,
                           read: {doc: given.doc, start: given.start, end: given.end, section: given.section,
                                  quote: given.quote, rule: given.rule, confidence: given.confidence}}) AS passages
OPTIONAL MATCH (named)<-[:THUOC]-(member:Agency)
WHERE named.collective
WITH named, role, passages, collect(member) AS members
UNWIND [null] + members AS member
WITH coalesce(member, named) AS agency, role, passages, CASE WHEN member IS NOT NULL THEN named.name END AS via
WHERE $level IS NULL OR agency.level = $level
UNWIND passages AS passage
WITH {agency: agency, role: role, via: via, passage: passage} AS one,
     [passage.read.doc, passage.read.start, passage.read.end, passage.task, passage.document, via] AS place
WITH * ORDER BY place
WITH one.agency AS agency, one.role AS role, one.via AS via, one.passage AS passage
WITH agency, role,
     collect(DISTINCT via) AS via,
     count(DISTINCT passage.task) AS tasks,
     collect(DISTINCT passage.document) AS documents,
     collect(DISTINCT passage.read) AS evidence
WITH {agency: agency, role: role, via: via, tasks: tasks, documents: documents, evidence: evidence} AS unit,
     [agency.name, agency.id, role] AS place
WITH * ORDER BY place
WITH unit, unit.agency AS agency
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place, unit.role AS role,
       coalesce(agency.collective, false) AS collective, unit.via AS via, unit.tasks AS tasks,
       unit.documents AS documents, unit.evidence AS evidence
