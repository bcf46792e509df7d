// name: neighbourhood
// doc: What a node (a document, an agency, a task, a target or a place) is linked to, one row for each edge.
//      `direction` is "out" where the edge leaves the node and "in" where it comes to it.
// param: node  id of the node
// returns: direction, edge, id, label, name, role, doc, start, end, section, quote, rule, confidence, data_source
CALL () {
  MATCH (node:Document {id: $node}) RETURN node
  UNION ALL
  MATCH (node:Agency {id: $node}) RETURN node
  UNION ALL
  MATCH (node:Task {id: $node}) RETURN node
  UNION ALL
  MATCH (node:Target {id: $node}) RETURN node
  UNION ALL
  MATCH (node:Place {id: $node}) RETURN node
}
MATCH (node)-[link]-(other)
WITH link, other,
     [CASE WHEN startNode(link) = node THEN 'out' ELSE 'in' END, type(link), other.id, coalesce(link.doc, ''),
      coalesce(link.start, 0), coalesce(link.role, ''), coalesce(link.data_source, '')] AS place
ORDER BY place
RETURN place[0] AS direction, type(link) AS edge, other.id AS id, head(labels(other)) AS label,
       coalesce(other.symbol, other.name, other.title, other.text, other.id) AS name, link.role AS role,
       link.doc AS doc, link.start AS start, link.end AS end, link.section AS section, link.quote AS quote,
       link.rule AS rule, link.confidence AS confidence, link.data_source AS data_source
