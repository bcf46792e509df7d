/** How a unit's duty to issue a plan may stand, the worst first; the words are those of the query missing_plans. */
export const STANDINGS = ["chưa có", "không rõ", "chậm", "chưa đến hạn", "có kế hoạch"];

export const NOT_OBLIGED = "không có nhiệm vụ";

/** The name of the colour, and a sign for those who see no colours. */
export const STANDING_LOOK = {
  "chưa có": { colour: "missing", sign: "✕" },
  "không rõ": { colour: "unknown", sign: "?" },
  "chậm": { colour: "late", sign: "!" },
  "chưa đến hạn": { colour: "due", sign: "…" },
  "có kế hoạch": { colour: "has", sign: "✓" },
  [NOT_OBLIGED]: { colour: "free", sign: "" },
};

/** The worst of some standings; undefined of none. */
export function worst(standings) {
  return STANDINGS.find((standing) => standings.includes(standing));
}

/** How many duties there are of each standing. */
export function countStandings(duties) {
  const counts = new Map();
  for (const standing of STANDINGS) {
    const count = duties.filter((duty) => duty.status === standing).length;
    if (count) counts.set(standing, count);
  }
  return counts;
}

/** Who had to issue a plan and how that stands, by node and by province. */
export class Standing {
  /** @param {import("./graph.js").Graph} graph */
  constructor(graph) {
    this.graph = graph;
    /** @type {Map<number, object[]>} the duties that a node is a part of */
    this.duties = new Map();
    for (const duty of graph.duties) {
      for (const end of ["agency", "plan", "ghost", "document", "task"]) {
        if (duty[end] === undefined) continue;
        if (!this.duties.has(duty[end])) this.duties.set(duty[end], []);
        this.duties.get(duty[end]).push(duty);
      }
    }
    this.known = graph.duties.length > 0;
    this.all = graph.nodes.map((node, index) => this.#of(node, index));
  }

  /** The standing of a document as a plan, of a ghost, or of an agency; undefined where nothing is known of duties. */
  of(index) {
    return this.all[index];
  }

  #of(node, index) {
    if (!this.known || node.kind === "Task" || node.kind === "Target") return undefined;
    const end = { Document: "plan", Ghost: "ghost", Agency: "agency" }[node.kind];
    const own = (this.duties.get(index) || []).filter((duty) => duty[end] === index);
    return worst(own.map((duty) => duty.status)) || (node.facts.collective ? undefined : NOT_OBLIGED);
  }

  /** For each province how many documents and, by standing, agencies with a duty it has. */
  ofProvinces() {
    const found = new Map();
    this.graph.nodes.forEach((node, index) => {
      if (!found.has(node.province)) found.set(node.province, { documents: 0, standings: new Map() });
      const of = found.get(node.province);
      if (node.kind === "Document") of.documents += 1;
      const standing = this.all[index];
      if (node.kind !== "Agency" || !STANDINGS.includes(standing)) return;
      of.standings.set(standing, (of.standings.get(standing) || 0) + 1);
    });
    return found;
  }
}
