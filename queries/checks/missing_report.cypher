// name: missing_report
// doc: Reports that were due and are not in the collection: of a task whose results were to be reported by a day that is
//      over, for each such day, and of each agency that has the task and issued no report (Báo cáo) which implements,
//      cites or is based on the document. A document or report that was issued after the day is not there yet; one
//      without a date is. What is to be sent by a task that orders a plan is the plan, which missing_plans looks for.
// severity: warning
// param: document?  only in this document and those that implement it; left out: in every document whose text is there
// param: today?: date  the day on which is asked; left out: reports of every day, over or not
// param: reported?  "mọi": also those that are in the collection; left out: only those that are not
// returns: agency, agency_id, level, place, source, task, section, deadline, reports, reported_on, evidence
CALL () {
  UNWIND CASE WHEN $document IS NULL THEN ['ingested'] ELSE [] END AS status
  MATCH (source:Document {status: status})
  RETURN source
  UNION ALL
  MATCH (top:Document {id: $document})
  CALL (top) {
    MATCH (top)<-[:THUC_HIEN*0..]-(source:Document)
    RETURN DISTINCT source
  }
  RETURN source
}
WITH source
WHERE coalesce(left(source.issued_on, coalesce(size($today), 10))
               <= left($today, coalesce(size(source.issued_on), 10)), true)
MATCH (source)-[:GOM]->(task:Task)-[due:BAO_CAO]->(:Agency)
WHERE NOT coalesce(task.requires_plan, false) AND due.due IS NOT NULL
  AND ($today IS NULL OR left($today, coalesce(size(due.due), 10)) > left(due.due, coalesce(size($today), 10)))
MATCH (task)-[given:GIAO]->(named:Agency)
WHERE coalesce(given.role, '') <> 'theo dõi'
OPTIONAL MATCH (named)<-[:THUOC]-(member:Agency)
WHERE named.collective
WITH source, task, due, coalesce(member, named) AS agency
OPTIONAL MATCH (agency)-[:BAN_HANH]->(report:Document {type: 'Báo cáo'})-[:THUC_HIEN|DAN_CHIEU|CAN_CU]->(source)
WHERE coalesce(left(report.issued_on, coalesce(size($today), 10))
               <= left($today, coalesce(size(report.issued_on), 10)), true)
WITH source, task, agency, due, count(DISTINCT report) AS reports,
     CASE WHEN count(report) = count(report.issued_on) THEN min(report.issued_on) END AS reported_on
WHERE reports = 0 OR $reported = 'mọi'
WITH source, task, agency, due, reports, reported_on, [due.doc, due.start, due.end] AS place
ORDER BY place
WITH source, task, agency, reports, reported_on, due.due AS deadline,
     collect(DISTINCT {doc: due.doc, start: due.start, end: due.end, section: due.section,
                       quote: due.quote, rule: due.rule, confidence: due.confidence}) AS evidence
WITH source, task, agency, deadline, reports, reported_on, evidence,
     [source.id, task.id, agency.name, agency.id, deadline] AS place
ORDER BY place
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place,
       source.id AS source, task.id AS task, task.section AS section, deadline,
       reports, reported_on, evidence
