import { Routes } from "./routes.js";
import { stack } from "./stack.js";

const CASCADE = new Set(["THUC_HIEN", "KEM_THEO", "THIEU"]);
/** With so many nodes in several provinces, or with so many provinces, the page opens with all of them folded. */
const [MANY_NODES, SEVERAL_PROVINCES, MANY_PROVINCES] = [1500, 4, 16];

/** Which provinces are folded, and where everything is because of that. */
export class Scene {
  /** @param {import("./graph.js").Graph} graph */
  constructor(graph, data) {
    Object.assign(this, { graph, data });
    this.folded = this.initial();
    this.absent = new Set();
  }

  /** The provinces that are folded when the page opens: none in a small picture, all but the focus's in a large one. */
  initial() {
    const { nodes, provinces, focus } = this.data;
    const isLarge = nodes.length >= MANY_NODES && provinces.length >= SEVERAL_PROVINCES;
    if (!isLarge && provinces.length < MANY_PROVINCES) return new Set();
    const folded = new Set(provinces.keys());
    if (focus !== null) folded.delete(nodes[focus].province);
    return folded;
  }

  /** Whether the provinces are folded as when the page was opened. */
  isInitial() {
    const initial = this.initial();
    return initial.size === this.folded.size && [...initial].every((province) => this.folded.has(province));
  }

  /** Put every node and line in its place. */
  arrange() {
    const state = { folded: this.folded, absent: this.absent };
    const pairs = this.graph.edges.filter((edge) => CASCADE.has(edge.kind)).map((edge) => [edge.from, edge.to]);
    const routes = new Routes(this.data, stack(this.data, state, () => 0), pairs);
    const stacked = stack(this.data, state, (layer) => routes.gapAfter(layer));
    const corners = routes.corners(stacked);
    this.graph.nodes.forEach((node, index) => {
      node.at = stacked.boxes[index];
    });
    for (const edge of this.graph.edges) {
      edge.route = CASCADE.has(edge.kind) ? corners.get(`${edge.from} ${edge.to}`) : undefined;
    }
    Object.assign(this, { bands: stacked.bands, columns: stacked.columns, groups: stacked.groups, extent: stacked.extent });
  }

  /** The box of a node, or that of the folded province that it stands in; null where that is not shown. */
  place(index) {
    const node = this.graph.nodes[index];
    return node.at || this.groups.get(node.province)?.box || null;
  }

  /** The same for all nodes of one folded province, and different for everything else. */
  spot(index) {
    const node = this.graph.nodes[index];
    return node.at ? index : -1 - node.province;
  }
}
