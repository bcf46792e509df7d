// name: agencies
// doc: Agencies that hold every word of a text in one of their names; without a text, all.
// param: text?: words  words in any order, with or without diacritics; left out: every agency
// param: id?  only agencies whose id begins so; left out: whatever the id
// returns: id, name, kind, level, place, collective, aliases
MATCH (agency:Agency)
WHERE ($text IS NULL
       OR all(word IN split($text, ' ') WHERE ' ' + agency.search + ' ' CONTAINS ' ' + word + ' '))
  AND agency.id STARTS WITH coalesce($id, '')
RETURN agency.id AS id, agency.name AS name, agency.kind AS kind, agency.level AS level, agency.place AS place,
       coalesce(agency.collective, false) AS collective, agency.aliases AS aliases
ORDER BY name, id
