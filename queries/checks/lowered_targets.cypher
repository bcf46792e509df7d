// name: lowered_targets
// doc: Targets of a document below those of one that it implements directly (`other`): shares of the same day in the same
//      unit, of which both are to be reached at least and the lower document's is less, or of which both are not to be
//      passed and the lower document's is more. `vanmach check` finds only those that are of one subject (35 % of those
//      who leave school in the plan, 40 % above); here are all that can be.
// severity: warning
// param: document?  only in this document and those that implement it; left out: in every document whose text is there
// returns: agency, level, place, source, target, section, subject, value, other, upper_target, upper_subject, upper_value, unit, deadline, evidence
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
MATCH (source)-[:THUC_HIEN]->(other:Document)
WHERE other.id <> source.id
WITH DISTINCT source, other
MATCH (source)-[own:GOM]->(target:Target)
WHERE target.unit STARTS WITH '%'
MATCH (other)-[above:GOM]->(upper:Target)
WHERE upper.unit = target.unit AND coalesce(upper.by, '') = coalesce(target.by, '')
  AND ((target.comparator IN ['>=', '=', '≈', 'range'] AND upper.comparator IN ['>=', '=', '≈', 'range']
        AND target.value < upper.value)
       OR (target.comparator = '<=' AND upper.comparator = '<=' AND target.value > upper.value))
UNWIND [own, above] AS said
WITH source, other, target, upper, said, [said.doc, said.start, said.end] AS place
ORDER BY place
WITH source, other, target, upper,
     collect(DISTINCT {doc: said.doc, start: said.start, end: said.end, section: said.section,
                       quote: said.quote, rule: said.rule, confidence: said.confidence}) AS evidence
WITH source, other, target, upper, evidence, [source.id, target.id, other.id, upper.id] AS place
ORDER BY place
RETURN source.issuer AS agency, source.level AS level, source.place AS place, source.id AS source,
       target.id AS target, target.section AS section, target.subject AS subject, target.value AS value,
       other.id AS other, upper.id AS upper_target, upper.subject AS upper_subject, upper.value AS upper_value,
       target.unit AS unit, target.by AS deadline, evidence
