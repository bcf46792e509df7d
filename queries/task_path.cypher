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
MATCH (top:Document {id: $document})-[:GOM]->(task:Task)
WHERE task.section = $section OR task.section STARTS WITH $section + '.' OR task.section STARTS WITH $section + '-'
WITH top, collect(DISTINCT task) AS asked
CALL (top, asked) {
  CALL (top, asked) {
    CALL (top) {
      MATCH (top)<-[:THUC_HIEN*1..]-(document:Document)
      RETURN DISTINCT document
    }
    MATCH (document)<-[:BAN_HANH]-(agency:Agency)
    RETURN agency, document, null AS duty
    UNION ALL
    UNWIND asked AS task
    MATCH (task)-[link:GIAO]->(named:Agency)
    RETURN named AS agency, null AS document, {via: null, link: link} AS duty
    UNION ALL
    UNWIND asked AS task
    MATCH (task)-[link:GIAO]->(named:Agency)<-[:THUOC]-(agency:Agency)
    WHERE named.collective AND agency.id <> named.id
    RETURN agency, null AS document, {via: named.name, link: link} AS duty
  }
  WITH agency, collect(DISTINCT document) AS documents, collect(duty) AS duties
  WHERE size(documents) > 0 AND size(duties) > 0
  RETURN collect({agency: agency.name, documents: documents, duties: duties}) AS taken
}
CALL (top, asked, taken) {
  UNWIND asked AS task
  CALL (task) {
    MATCH (task)<-[:CU_THE_HOA*0..]-(upper:Task)
    RETURN DISTINCT upper
  }
  MATCH (upper)<-[link:CU_THE_HOA]-(lower:Task)
  WHERE lower.id <> upper.id
  MATCH (upper)<-[:GOM]-(parent:Document)
  MATCH (lower)<-[:GOM]-(document:Document)
  RETURN parent, lower.id AS task, null AS agency, null AS via, document, link
  UNION ALL
  UNWIND taken AS one
  UNWIND one.duties AS duty
  UNWIND one.documents AS document
  RETURN top AS parent, null AS task, one.agency AS agency, duty.via AS via, document, duty.link AS link
  UNION ALL
  CALL (asked, taken, top) {
    UNWIND taken AS one
    UNWIND one.documents AS first
    RETURN first
    UNION
    UNWIND asked AS task
    OPTIONAL MATCH (task)-[:GIAO]->(named:Agency)
    OPTIONAL MATCH (named)<-[:THUOC]-(member:Agency)
    WITH top, task, named, count(member) AS members
    WHERE named IS NULL OR (named.collective AND members = 0)
    RETURN top AS first
  }
  CALL (first) {
    MATCH (first)<-[:THUC_HIEN*0..]-(parent:Document)
    RETURN DISTINCT parent
  }
  WITH DISTINCT parent
  MATCH (parent)<-[link:THUC_HIEN]-(document:Document)
  WHERE document.id <> parent.id
  RETURN parent, null AS task, null AS agency, null AS via, document, link
}
WITH document, collect({parent: parent, task: task, agency: agency, via: via, link: link}) AS links
OPTIONAL MATCH (document)-[:GOM]->(own:Task)
WITH document, links, count(DISTINCT own) AS tasks
UNWIND links AS one
WITH {one: one, document: document, tasks: tasks} AS row, [one.link.doc, one.link.start, one.link.end] AS place
WITH * ORDER BY place
WITH row.one.parent AS parent, type(row.one.link) AS edge, row.one.task AS task, row.one.agency AS agency,
     row.one.via AS via, row.document AS document, row.tasks AS tasks,
     {doc: row.one.link.doc, start: row.one.link.start, end: row.one.link.end, section: row.one.link.section,
      quote: row.one.link.quote, rule: row.one.link.rule, confidence: row.one.link.confidence} AS passage
WITH parent, edge, task, agency, via, document, tasks, collect(DISTINCT passage) AS evidence
WITH {parent: parent.id, edge: edge, task: task, agency: agency, via: via, document: document, tasks: tasks,
      evidence: evidence} AS row,
     [parent.id, edge, coalesce(document.issued_on, ''), document.id,
      coalesce(task, ''), coalesce(agency, ''), coalesce(via, '')] AS place
WITH * ORDER BY place
WITH row, row.document AS document
RETURN row.parent AS parent, row.edge AS edge, row.task AS task, row.agency AS agency, row.via AS via,
       document.id AS id, document.symbol AS symbol,
       document.type AS type, document.title AS title, document.issuer AS issuer,
       document.issued_on AS issued_on, document.level AS level, document.place AS place,
       document.status AS status, row.tasks AS tasks, row.evidence AS evidence
