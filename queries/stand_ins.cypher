// name: stand_ins
// doc: Who may have done what an agency had to do: the body that took over from it ("kế thừa", on `date`, perhaps only a
//      part of the work, `field`), and the organ that speaks for a committee, or the committee for it ("thay mặt").
//      An agency that is no more (`valid_to`) and that nobody is known to have taken over from has one row without.
// returns: agency_id, agency, valid_to, stand_in_id, stand_in, how, date, field
CALL () {
  MATCH (agency:Agency)
  WHERE agency.valid_to IS NOT NULL
  OPTIONAL MATCH (agency)<-[over:KE_THUA]-(heir:Agency)
  RETURN agency, heir AS stand_in, CASE WHEN heir IS NOT NULL THEN 'kế thừa' END AS how,
         over.date AS date, over.field AS field
  UNION
  MATCH (organ:Agency)-[:THUOC]->(agency:Agency)
  WHERE organ.kind IN ['ban thường vụ', 'thường trực', 'ban chấp hành']
    AND agency.kind IN ['cấp ủy', 'hội đồng nhân dân']
  RETURN agency, organ AS stand_in, 'thay mặt' AS how, null AS date, null AS field
  UNION
  MATCH (agency:Agency)-[:THUOC]->(committee:Agency)
  WHERE agency.kind IN ['ban thường vụ', 'thường trực', 'ban chấp hành']
    AND committee.kind IN ['cấp ủy', 'hội đồng nhân dân']
  RETURN agency, committee AS stand_in, 'thay mặt' AS how, null AS date, null AS field
}
WITH agency, stand_in, how, date, field,
     [agency.id, coalesce(how, ''), coalesce(stand_in.id, ''), coalesce(date, ''), coalesce(field, '')] AS place
ORDER BY place
RETURN agency.id AS agency_id, agency.name AS agency, agency.valid_to AS valid_to, stand_in.id AS stand_in_id,
       stand_in.name AS stand_in, how, date, field
