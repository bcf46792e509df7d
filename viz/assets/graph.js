/** Edges that lead from a document to the one above it. */
const CASCADE = new Set(["THUC_HIEN", "KEM_THEO"]);
const DUTIES = new Set(["GIAO", "PHOI_HOP", "BAO_CAO"]);

/** What the legend can switch off: a document that is only cited is a kind of its own. */
export function kindOf(node) {
  return node.facts.status === "cited" ? "Cited" : node.kind;
}

/**
 * The nodes and edges of the page, with what leads where. A node's `at` is its box in the picture, or null where its
 * province is folded; its edges' `route` the corners of their line (see Scene).
 */
export class Graph {
  /** @param {object} data */
  constructor(data) {
    this.nodes = data.nodes;
    this.edges = [...data.edges, ...missing(data.duties)];
    this.duties = data.duties;
    this.levels = data.levels;
    this.focus = data.focus;
    this.byId = new Map(data.nodes.map((node, index) => [node.id, index]));
    /** @type {number[][]} numbers of the edges that leave, and that reach, each node */
    this.leaving = data.nodes.map(() => []);
    this.reaching = data.nodes.map(() => []);
    this.edges.forEach((edge, index) => {
      this.leaving[edge.from].push(index);
      this.reaching[edge.to].push(index);
    });
    /** the document that each task or target stands in */
    this.owner = new Map(data.edges.filter((e) => e.kind === "GOM").map((e) => [e.to, e.from]));
  }

  /** How many of each kind of node and edge there are. */
  counts() {
    const counts = new Map();
    for (const kind of [...this.nodes.map(kindOf), ...this.edges.map((edge) => edge.kind)]) {
      counts.set(kind, (counts.get(kind) || 0) + 1);
    }
    return counts;
  }

  /**
   * Everything above and below a node along the cascade, and what takes part in it.
   * @param {number} start
   * @returns {{nodes: Set<number>, edges: Set<number>}}
   */
  thread(start) {
    const thread = { nodes: new Set([start]), edges: new Set() };
    const near = [...this.leaving[start], ...this.reaching[start]];
    for (const index of near) this.#include(thread, index);
    const kind = this.nodes[start].kind;
    if (kind === "Document" || kind === "Ghost") {
      this.#climb(thread, start);
      this.#descend(thread, start);
      for (const part of this.#ends(start, "GOM")) this.#partners(thread, part);
      for (const document of this.#ends(start, "THIEU")) this.#climb(thread, document);
    } else if (kind === "Agency") {
      this.#work(thread, start);
    } else {
      this.#climbFromPart(thread, start);
      this.#concrete(thread, start);
    }
    return thread;
  }

  #include(thread, index) {
    const edge = this.edges[index];
    thread.edges.add(index);
    thread.nodes.add(edge.from);
    thread.nodes.add(edge.to);
  }

  #ends(start, kind) {
    return this.leaving[start].filter((i) => this.edges[i].kind === kind).map((i) => this.edges[i].to);
  }

  /** Follow edges of some kinds from a node as far as they go. */
  #follow(thread, start, kinds, upwards) {
    const waiting = [start];
    const seen = new Set(waiting);
    while (waiting.length) {
      const here = waiting.pop();
      for (const index of upwards ? this.leaving[here] : this.reaching[here]) {
        const edge = this.edges[index];
        if (!kinds.has(edge.kind)) continue;
        this.#include(thread, index);
        const next = upwards ? edge.to : edge.from;
        if (!seen.has(next)) {
          seen.add(next);
          waiting.push(next);
        }
      }
    }
    return seen;
  }

  #climb(thread, document) {
    this.#follow(thread, document, CASCADE, true);
  }

  #descend(thread, document) {
    this.#follow(thread, document, CASCADE, false);
  }

  #partners(thread, part) {
    for (const index of this.leaving[part]) if (DUTIES.has(this.edges[index].kind)) this.#include(thread, index);
  }

  #climbFromPart(thread, part) {
    for (const index of this.reaching[part]) if (this.edges[index].kind === "GOM") this.#include(thread, index);
    if (this.owner.has(part)) this.#climb(thread, this.owner.get(part));
  }

  /** A task's line: what it makes concrete above, what makes it concrete below, and their documents. */
  #concrete(thread, task) {
    const kinds = new Set(["CU_THE_HOA"]);
    const line = [...this.#follow(thread, task, kinds, true), ...this.#follow(thread, task, kinds, false)];
    for (const part of line) this.#climbFromPart(thread, part);
  }

  /** An agency's tasks with their documents up to the top, the plans it had to issue, and what it issued with all below. */
  #work(thread, agency) {
    for (const duty of this.duties.filter((one) => one.agency === agency)) {
      thread.nodes.add(duty.plan ?? duty.ghost);
      for (const index of this.reaching[duty.document]) if (this.edges[index].from === duty.ghost) this.#include(thread, index);
      this.#climb(thread, duty.document);
    }
    for (const index of this.reaching[agency]) {
      if (DUTIES.has(this.edges[index].kind)) this.#climbFromPart(thread, this.edges[index].from);
    }
    for (const document of this.#ends(agency, "BAN_HANH")) {
      this.#climb(thread, document);
      this.#descend(thread, document);
    }
  }

  /** The next document or part above or below a node, for the arrow keys. */
  step(start, upwards) {
    const towards = upwards ? this.leaving[start] : this.reaching[start];
    const steps = new Set([...CASCADE, "CU_THE_HOA", "THIEU"]);
    const cascade = towards.find((i) => steps.has(this.edges[i].kind));
    if (cascade !== undefined) return upwards ? this.edges[cascade].to : this.edges[cascade].from;
    const other = upwards ? this.reaching[start] : this.leaving[start];
    const link = other.find((i) => ["GOM", ...DUTIES, "BAN_HANH"].includes(this.edges[i].kind));
    return link === undefined ? start : upwards ? this.edges[link].from : this.edges[link].to;
  }

  /** The neighbour in the same row, or the node itself. */
  beside(start, direction) {
    const { kind, at } = this.nodes[start];
    let best = start;
    let distance = Infinity;
    this.nodes.forEach((node, index) => {
      if (!at || !node.at || node.kind !== kind) return;
      const dx = (node.at[0] - at[0]) * direction;
      const away = dx + Math.abs(node.at[1] - at[1]) * 8;
      if (dx > 0 && away < distance) [best, distance] = [index, away];
    });
    return best;
  }

  /** Documents at the top of the cascade that a document stands in. */
  tops(document) {
    this.topsOf ||= new Map();
    if (!this.topsOf.has(document)) {
      const seen = this.#follow({ nodes: new Set(), edges: new Set() }, document, CASCADE, true);
      const isTop = (index) => !this.leaving[index].some((i) => CASCADE.has(this.edges[i].kind));
      const tops = [...seen].filter(isTop);
      this.topsOf.set(document, tops.length ? tops : [document]);
    }
    return this.topsOf.get(document);
  }
}

/** A missing plan's edges to the documents that ask for it. */
function missing(duties) {
  return duties
    .filter((duty) => duty.ghost !== undefined)
    .map((duty) => ({ ...duty, from: duty.ghost, to: duty.document, kind: "THIEU", facts: {} }));
}
