// name: dropped_tasks
// doc: Tasks that a document gives (not only to be followed, and other than to issue a plan or to report) to whoever
//      issued another that implements it directly, or to a class that the issuer belongs to; `other` is that document.
//      `vanmach check` finds only those of which no task of the issuer's documents says anything alike. Here they are
//      all, but for those that a task of the other document is known to make concrete.
// severity: info
// param: document?  only tasks of this document; left out: of every document whose text is there
// returns: agency, agency_id, level, place, source, task, section, other, evidence
CALL () {
  UNWIND CASE WHEN $document IS NULL THEN ['ingested'] ELSE [] END AS status
  MATCH (source:Document {status: status})
  RETURN source
  UNION ALL
  MATCH (source:Document {id: $document})
  RETURN source
}
MATCH (source)<-[:THUC_HIEN]-(other:Document)
WHERE other.id <> source.id
WITH DISTINCT source, other
MATCH (other)<-[:BAN_HANH]-(agency:Agency)
WHERE EXISTS { MATCH (other)-[:GOM]->(:Task) }
WITH DISTINCT source, other, agency
CALL (agency) {
  RETURN agency AS named
  UNION
  MATCH (agency)-[:THUOC]->(named:Agency)
  WHERE named.collective AND named.id <> agency.id
  RETURN named
}
MATCH (source)-[:GOM]->(task:Task)-[given:GIAO]->(named)
WHERE coalesce(given.role, '') <> 'theo dõi' AND NOT coalesce(task.requires_plan, false)
WITH DISTINCT source, other, agency, task, given
OPTIONAL MATCH (task)-[due:BAO_CAO]->(:Agency)
WITH source, other, agency, task, given, count(due) AS reports
OPTIONAL MATCH (task)<-[made:CU_THE_HOA]-(:Task)<-[:GOM]-(other)
WITH source, other, agency, task, given, reports, count(made) AS taken
WHERE reports + taken = 0
WITH source, other, agency, task, given, [given.doc, given.start, given.end] AS place
ORDER BY place
WITH source, other, agency, task,
     collect(DISTINCT {doc: given.doc, start: given.start, end: given.end, section: given.section,
                       quote: given.quote, rule: given.rule, confidence: given.confidence}) AS evidence
WITH source, other, agency, task, evidence, [source.id, task.id, other.id, agency.name, agency.id] AS place
ORDER BY place
RETURN agency.name AS agency, agency.id AS agency_id, agency.level AS level, agency.place AS place,
       source.id AS source, task.id AS task, task.section AS section, other.id AS other, evidence
