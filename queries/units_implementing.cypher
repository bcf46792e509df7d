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
// in the order of the text, and read once, before a class becomes its members
WITH {named: named, role: role, document: document.id, task: task.id,
      passage: {doc: given.doc, start: given.start, end: given.end, section: given.section,
                quote: given.quote, rule: given.rule, confidence: given.confidence}} AS told,
     [given.doc, given.start, given.end, task.id, document.id, named.name] AS place
WITH * ORDER BY place
WITH told, told.named AS named
UNWIND [null] + CASE WHEN named.collective THEN [(named)<-[:THUOC]-(member:Agency) | member] ELSE [] END AS member
WITH told, coalesce(member, named) AS agency, CASE WHEN member IS NOT NULL THEN named.name END AS via
WHERE $level IS NULL OR agency.level = $level
WITH agency, told.role AS role,
     collect(DISTINCT via) AS via,
     count(DISTINCT told.task) AS tasks,
     collect(DISTINCT told.document) AS documents,
     collect(DISTINCT told.passage) AS evidence
// one text is sorted sooner than a list of three; no name holds the character between them, nor begins with the last one
// of all, behind which those without a name stand
WITH {agency: agency, role: role, via: via, tasks: tasks, documents: documents, evidence: evidence} AS unit,
     coalesce(agency.name, '\uFFFF') + '\u0000' + agency.id + '\u0000' + role AS place
WITH * ORDER BY place
WITH unit, unit.agency AS agency
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place, unit.role AS role,
       coalesce(agency.collective, false) AS collective, unit.via AS via, unit.tasks AS tasks,
       unit.documents AS documents, unit.evidence AS evidence
