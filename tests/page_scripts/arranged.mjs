/** Reads a page's packed data and says where the page would put everything; the names of folded provinces are arguments. */
import { readFileSync } from "node:fs";
import { Graph } from "../../viz/assets/graph.js";
import { Scene } from "../../viz/assets/scene.js";
import { unpack } from "../../viz/assets/unpack.js";

const data = await unpack(readFileSync(0, "utf8"));
const graph = new Graph(data);
const scene = new Scene(graph, data);
const names = process.argv.slice(2);
scene.folded = new Set([...data.provinces.keys()].filter((province) => names.includes(data.provinces[province].name.vi)));
scene.arrange();
const { bands, columns, groups, extent } = scene;
process.stdout.write(JSON.stringify({ nodes: graph.nodes, edges: graph.edges, bands, columns, groups: [...groups.values()], extent }));
