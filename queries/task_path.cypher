// name: task_path
// doc: The way of one task down: the documents in which its agencies took it up, and all that implements those, down to
//      the communes. One row for a link from the document `parent` to the document `id` below it. `edge` says how it is
//      known: CU_THE_HOA, a task of the lower document (`task`) makes the upper one's concrete; GIAO, the lower document
//      implements the upper one and was issued by an agency that the task is given to (`agency`; `via` names the
//      collective where it is a member of one); THUC_HIEN, it implements a document that a GIAO row gave. Where the task
//      is given to nobody, or to a collective whose members are not known ("các cấp ủy"), nothing tells whose documents
//      take it up: then all that implements the document is there, by THUC_HIEN.
// param: document  id of the document that gives the task
// param: section  section of the task ("III.2.1"); what stands below it ("III.2.1-1") counts too
// returns: parent, edge, task, agency, via, id, symbol, type, title, issuer, issued_on, level, place, status, tasks, evidence
CALL () {
  MATCH (:Document {id: $document})-[:GOM]->(task:Task)
  WHERE task.section = $section OR task.section STARTS WITH $section + '.' OR task.section STARTS WITH $section + '-'
  CALL (task) {
    MATCH (task)<-[:CU_THE_HOA*0..]-(upper:Task)
    RETURN DISTINCT upper
  }
  MATCH (parent:Document)-[:GOM]->(upper)<-[link:CU_THE_HOA]-(lower:Task)<-[:GOM]-(document:Document)
  WHERE lower.id <> upper.id
  RETURN parent, lower.id AS task, null AS agency, null AS via, document, link
  UNION
  MATCH (parent:Document {id: $document})
  CALL (parent) {
    MATCH (parent)<-[:THUC_HIEN*1..]-(document:Document)
    RETURN DISTINCT document
  }
  MATCH (document)<-[:BAN_HANH]-(agency:Agency)-[:THUOC*0..1]->(named:Agency)<-[link:GIAO]-(task:Task)<-[:GOM]-(parent)
  WHERE (task.section = $section OR task.section STARTS WITH $section + '.' OR task.section STARTS WITH $section + '-')
    AND (agency.id = named.id OR named.collective)
  RETURN parent, null AS task, agency.name AS agency,
         CASE WHEN agency.id <> named.id THEN named.name END AS via, document, link
  UNION
  MATCH (top:Document {id: $document})
  CALL (top) {
    MATCH (top)<-[:THUC_HIEN*1..]-(first:Document)
    RETURN DISTINCT first
  }
  MATCH (first)<-[:BAN_HANH]-(agency:Agency)-[:THUOC*0..1]->(named:Agency)<-[:GIAO]-(task:Task)<-[:GOM]-(top)
  WHERE (task.section = $section OR task.section STARTS WITH $section + '.' OR task.section STARTS WITH $section + '-')
    AND (agency.id = named.id OR named.collective)
  WITH DISTINCT first
  CALL (first) {
    MATCH (first)<-[:THUC_HIEN*0..]-(parent:Document)
    RETURN DISTINCT parent
  }
  MATCH (parent)<-[link:THUC_HIEN]-(document:Document)
  WHERE document.id <> parent.id
  RETURN parent, null AS task, null AS agency, null AS via, document, link
  UNION
  MATCH (top:Document {id: $document})-[:GOM]->(task:Task)
  WHERE task.section = $section OR task.section STARTS WITH $section + '.' OR task.section STARTS WITH $section + '-'
  OPTIONAL MATCH (task)-[:GIAO]->(named:Agency)
  OPTIONAL MATCH (named)<-[:THUOC]-(member:Agency)
  WITH top, task, named, count(member) AS members
  WHERE named IS NULL OR (named.collective AND members = 0)
  WITH DISTINCT top
  CALL (top) {
    MATCH (top)<-[:THUC_HIEN*0..]-(parent:Document)
    RETURN DISTINCT parent
  }
  MATCH (parent)<-[link:THUC_HIEN]-(document:Document)
  WHERE document.id <> parent.id
  RETURN parent, null AS task, null AS agency, null AS via, document, link
}
WITH parent, task, agency, via, document, link ORDER BY link.doc, link.start, link.end
WITH parent, type(link) AS edge, task, agency, via, document,
     collect(DISTINCT {doc: link.doc, start: link.start, end: link.end, section: link.section, quote: link.quote,
                       rule: link.rule, confidence: link.confidence}) AS evidence
OPTIONAL MATCH (document)-[:GOM]->(own:Task)
WITH parent, edge, task, agency, via, document, evidence, count(DISTINCT own) AS tasks
RETURN parent.id AS parent, edge, task, agency, via, document.id AS id, document.symbol AS symbol,
       document.type AS type, document.title AS title, document.issuer AS issuer,
       document.issued_on AS issued_on, document.level AS level, document.place AS place,
       document.status AS status, tasks, evidence
ORDER BY parent, edge, coalesce(document.issued_on, ''), id, coalesce(task, ''), coalesce(agency, ''), coalesce(via, '')
