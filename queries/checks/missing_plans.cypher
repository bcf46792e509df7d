// name: missing_plans
// doc: Units that were told to issue a plan, and how they stand.
//      A duty is a task with requires_plan in a document, given (not only to be followed) to an agency; a collective's
//      duty is its members', or its own where no member is known. It is met by the first document that the agency
//      issued which implements the ordering document at any depth and is not known to be older, or which directly
//      implements what the ordering document directly implements and is known to be no older. A document known only
//      from citations counts (it exists); reports and submissions (Báo cáo, Tờ trình) are no plans. Dates are compared
//      as far as both are known; the deadline is that of the plan (plan_deadline), not of other work in the task.
//      Status: "có kế hoạch" (has one), "chậm" (issued after the deadline), "chưa đến hạn" (none, not due on `today`),
//      "không rõ" (none, and the collection holds no document of that agency at all, so nothing can be said), "chưa có".
// severity: warning
// param: document?  only duties given by this document or by one that implements it; left out: all duties
// param: today?: date  the day on which is asked: later orders and plans are not there yet; left out: all are, and a
//        deadline still to come cannot be told
// param: status?  only this status, or "mọi" for every one; left out: "chậm", "chưa có" and "không rõ", which offend
// returns: agency, agency_id, level, place, via, status, plan, plan_type, plan_issued_on, deadline, source, task, section, evidence
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
MATCH (source)-[:GOM]->(task:Task)
WHERE task.requires_plan
MATCH (task)-[given:GIAO]->(named:Agency)
WHERE coalesce(given.role, '') <> 'theo dõi'
// in the order of the text, and read once, before a class becomes its members
WITH {source: source, task: task, named: named,
      passage: {doc: given.doc, start: given.start, end: given.end, section: given.section,
                quote: given.quote, rule: given.rule, confidence: given.confidence}} AS told,
     [given.doc, given.start, given.end, named.name] AS place
ORDER BY place
WITH told.source AS source, told.task AS task, told.named AS named, told.passage AS passage
OPTIONAL MATCH (named)<-[:THUOC]-(member:Agency)
WHERE named.collective
WITH source, coalesce(member, named) AS agency,
     collect({task: task, passage: passage, via: CASE WHEN member IS NOT NULL THEN named.name END}) AS duties
WITH source, collect({agency: agency, duties: duties}) AS told, collect(DISTINCT coalesce(agency.level, '')) AS levels
CALL (source, told, levels) {
  UNWIND told AS one
  RETURN one.agency AS agency, one.duties AS duties, null AS plan
  UNION ALL
  CALL (source) {
    MATCH (source)<-[:THUC_HIEN*1..]-(plan:Document)
    RETURN DISTINCT plan
  }
  MATCH (plan)<-[:BAN_HANH]-(agency:Agency)
  WHERE coalesce(agency.level, '') IN levels AND plan.id <> source.id
    AND coalesce(left(plan.issued_on, coalesce(size(source.issued_on), 10))
                 >= left(source.issued_on, coalesce(size(plan.issued_on), 10)), true)
  RETURN agency, null AS duties, plan
  UNION ALL
  CALL (source) {
    MATCH (source)-[:THUC_HIEN]->(above:Document)
    RETURN DISTINCT above
  }
  CALL (above) {
    MATCH (above)<-[:THUC_HIEN]-(plan:Document)
    RETURN DISTINCT plan
  }
  MATCH (plan)<-[:BAN_HANH]-(agency:Agency)
  WHERE coalesce(agency.level, '') IN levels AND plan.id <> source.id
    AND left(plan.issued_on, coalesce(size(source.issued_on), 10))
        >= left(source.issued_on, coalesce(size(plan.issued_on), 10))
  RETURN agency, null AS duties, plan
}
WITH source, agency, collect(plan) AS plans, head(collect(duties)) AS duties
WHERE duties IS NOT NULL
WITH source, agency, duties,
     reduce(first = null, plan IN [one IN plans WHERE NOT coalesce(one.type, '') IN ['Báo cáo', 'Tờ trình']
                                   AND coalesce(left(one.issued_on, coalesce(size($today), 10))
                                                <= left($today, coalesce(size(one.issued_on), 10)), true)] |
            CASE WHEN first IS NULL OR coalesce(plan.issued_on, '9999') + ' ' + plan.id
                                       < coalesce(first.issued_on, '9999') + ' ' + first.id
                 THEN plan ELSE first END) AS plan
UNWIND duties AS duty
WITH source, agency, plan, duty.task AS task, head(collect(duty.via)) AS via, collect(DISTINCT duty.passage) AS evidence
WITH source, agency, plan, task, via, evidence,
     CASE
       WHEN plan IS NOT NULL
            AND left(plan.issued_on, coalesce(size(task.plan_deadline), 10))
                > left(task.plan_deadline, coalesce(size(plan.issued_on), 10)) THEN 'chậm'
       WHEN plan IS NOT NULL THEN 'có kế hoạch'
       WHEN left($today, coalesce(size(task.plan_deadline), 10))
            <= left(task.plan_deadline, coalesce(size($today), 10)) THEN 'chưa đến hạn'
       WHEN EXISTS { MATCH (agency)-[:BAN_HANH]->(:Document {status: 'ingested'}) } THEN 'chưa có'
       ELSE 'không rõ'
     END AS status
WHERE status = $status OR $status = 'mọi' OR ($status IS NULL AND status IN ['chậm', 'chưa có', 'không rõ'])
WITH {source: source, agency: agency, plan: plan, task: task, via: via, status: status, evidence: evidence} AS duty,
     [source.id, coalesce(task.section, ''), task.id, agency.name, agency.id] AS place
WITH * ORDER BY place
WITH duty.source AS source, duty.agency AS agency, duty.plan AS plan, duty.task AS task, duty.via AS via,
     duty.status AS status, duty.evidence AS evidence
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place, via, status,
       plan.id AS plan, plan.type AS plan_type, plan.issued_on AS plan_issued_on, task.plan_deadline AS deadline,
       source.id AS source, task.id AS task, task.section AS section, evidence
