/** Reads a page's packed data and says what the page gets out of it. */
import { readFileSync } from "node:fs";
import { unpack } from "../../viz/assets/unpack.js";

const { nodes, edges, duties, focus } = await unpack(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify({ nodes, edges, duties, focus }));
