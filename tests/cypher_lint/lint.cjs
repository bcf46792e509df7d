// What Neo4j's own language support says of Cypher: {schema, texts: {name: cypher}} in, {name: [diagnostic, ...]} out.
const path = require.resolve("@neo4j-cypher/language-support", { paths: [process.cwd()] });
const { lintCypherQuery } = require(path);
const { schema, texts } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));

const said = ({ message, range }) => `${range.start.line + 1}:${range.start.character + 1}: ${message}`;
const linted = Object.entries(texts).map(([name, { cypher, parameters }]) => [
  name,
  lintCypherQuery(cypher, { ...schema, parameters }).map(said),
]);
process.stdout.write(JSON.stringify(Object.fromEntries(linted)));
