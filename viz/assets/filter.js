import { kindOf } from "./graph.js";

const DUTIES = new Set(["GIAO", "PHOI_HOP", "BAO_CAO"]);

/** The role that an edge gives an agency; undefined for edges that give none. */
export function roleOf(edge) {
  if (edge.kind === "GIAO") return edge.facts.role || "thực hiện";
  return { PHOI_HOP: "phối hợp", BAO_CAO: "báo cáo" }[edge.kind];
}

/** What a person wants to see. Sets are of what is allowed; an empty one, or an empty text, asks for nothing. */
export class Filter {
  constructor() {
    this.clear();
  }

  clear() {
    for (const name of ["level", "type", "role", "standing"]) this[name] = new Set();
    Object.assign(this, { place: "", from: "", to: "", confidence: 0 });
  }

  get isEmpty() {
    return this.toString() === "";
  }

  /** As it stands in the address: `level=tỉnh&from=2024-01-01`, encoded. */
  toString() {
    const said = new URLSearchParams();
    for (const name of ["level", "type", "role", "standing"]) for (const value of [...this[name]].sort()) said.append(name, value);
    for (const name of ["place", "from", "to"]) if (this[name]) said.set(name, this[name]);
    if (this.confidence) said.set("confidence", String(this.confidence));
    return said.toString();
  }

  /** The way back; what it does not know it leaves out. */
  read(text) {
    this.clear();
    const said = new URLSearchParams(text);
    for (const name of ["level", "type", "role", "standing"]) this[name] = new Set(said.getAll(name));
    for (const name of ["place", "from", "to"]) this[name] = said.get(name) || "";
    this.confidence = Math.min(1, Math.max(0, Number(said.get("confidence")) || 0));
  }

  /**
   * Which nodes and edges pass.
   * A document passes by what is asked of documents; a task with its document; an agency by level and place, and where
   * anything else is asked, only when an edge that passes joins it to something that passes.
   * @param {import("./graph.js").Graph} graph
   * @param {import("./standing.js").Standing} standing
   * @param {Set<string>} hidden kinds that the legend has switched off
   * @returns {{nodes: Uint8Array, edges: Uint8Array}} 1 where it passes
   */
  apply(graph, standing, hidden) {
    const nodes = new Uint8Array(graph.nodes.length);
    const edges = new Uint8Array(graph.edges.length);
    graph.nodes.forEach((node, index) => {
      if (!hidden.has(kindOf(node)) && this.#passes(node, standing.of(index))) nodes[index] = 1;
    });
    graph.nodes.forEach((node, index) => {
      const owner = graph.owner.get(index);
      if (owner === undefined) return;
      // a card that the legend hides takes no task with it: tasks are a kind of their own
      const ownerPasses = this.#passes(graph.nodes[owner], standing.of(owner));
      nodes[index] &= ownerPasses && this.#hasRole(graph, index) && this.#isSure(graph, index) ? 1 : 0;
    });
    this.#edges(graph, hidden, nodes, edges);
    if (this.#asksOfDocuments()) this.#dropLoneAgencies(graph, nodes, edges);
    return { nodes, edges };
  }

  #asksOfDocuments() {
    return this.type.size || this.role.size || this.standing.size || this.from || this.to || this.confidence;
  }

  #passes(node, standing) {
    const { facts, kind } = node;
    if (kind === "Task" || kind === "Target") return true;
    if (this.level.size && !this.level.has(facts.level || "")) return false;
    if (this.place && !(facts.place || "").split(", ").includes(this.place)) return false;
    if (this.standing.size && !this.standing.has(standing)) return false;
    if (kind === "Agency") return true;
    if (this.type.size && !this.type.has(facts.type || "")) return false;
    return this.#inTime(facts.issued_on || "");
  }

  /** Dates may be partial: compared as far as both are known. */
  #inTime(day) {
    if (!this.from && !this.to) return true;
    if (!day) return false;
    return day >= this.from.slice(0, day.length) && (!this.to || day <= this.to.slice(0, day.length));
  }

  #isSure(graph, task) {
    return graph.reaching[task].some((i) => graph.edges[i].kind === "GOM" && !this.#isUnsure(graph.edges[i]));
  }

  #isUnsure(edge) {
    return edge.confidence !== undefined && edge.confidence < this.confidence;
  }

  #hasRole(graph, task) {
    return !this.role.size || graph.leaving[task].some((i) => this.role.has(roleOf(graph.edges[i])));
  }

  #edges(graph, hidden, nodes, edges) {
    graph.edges.forEach((edge, index) => {
      if (hidden.has(edge.kind) || !nodes[edge.to]) return;
      // a duty's line starts at the card while its task's mark is switched off
      const from = DUTIES.has(edge.kind) ? (graph.owner.get(edge.from) ?? edge.from) : edge.from;
      if (!nodes[edge.from] && !nodes[from]) return;
      if (this.role.size && DUTIES.has(edge.kind) && !this.role.has(roleOf(edge))) return;
      if (this.#isUnsure(edge)) return;
      edges[index] = 1;
    });
  }

  #dropLoneAgencies(graph, nodes, edges) {
    const joined = new Uint8Array(nodes.length);
    graph.edges.forEach((edge, index) => {
      if (!edges[index] || edge.kind === "THUOC") return;
      joined[edge.from] = joined[edge.to] = 1;
    });
    graph.nodes.forEach((node, index) => {
      if (node.kind === "Agency" && !joined[index] && !this.standing.size) nodes[index] = 0;
    });
    graph.edges.forEach((edge, index) => {
      if (!nodes[edge.to] || (!nodes[edge.from] && !graph.owner.has(edge.from))) edges[index] = 0;
    });
  }
}
