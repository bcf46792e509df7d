/** Small pages of data for the tests of the scripts. */
import { Graph } from "../../viz/assets/graph.js";
import { Standing } from "../../viz/assets/standing.js";

const LEVELS = ["trung ương", "tỉnh", "huyện", "xã", "cơ sở", "chưa rõ cấp"].map((vi) => ({ vi, en: vi }));

/** A node; `facts` beside what every node has. */
export function node(kind, id, facts = {}, more = {}) {
  return { id, kind, label: id, facts, province: 0, layer: 0, row: 3, box: [0, 0, 156, 44], ...more };
}

/** A graph of nodes, edges `[from, kind, to, more]` by id, and duties whose ends are ids. */
export function graphOf(nodes, edges = [], duties = []) {
  const number = (id) => nodes.findIndex((one) => one.id === id);
  const ends = ["agency", "plan", "ghost", "document", "task"];
  const numbered = (duty) => Object.fromEntries(Object.entries(duty).map(([name, value]) => [name, ends.includes(name) ? number(value) : value]));
  return new Graph({
    nodes,
    edges: edges.map(([from, kind, to, more = {}]) => ({ from: number(from), kind, to: number(to), facts: {}, ...more })),
    duties: duties.map(numbered),
    focus: null,
    levels: LEVELS,
  });
}

/** A directive, two provinces: one has its plan, the other one has none; a task with a leader and a partner. */
export function smallGraph() {
  const nodes = [
    node("Document", "ct", { level: "trung ương", type: "Chỉ thị", issued_on: "2024-01-01", status: "ingested" }, { province: -1 }),
    node("Document", "kh", { level: "tỉnh", type: "Kế hoạch", issued_on: "2024-03-01", status: "ingested", place: "tỉnh A" }),
    node("Document", "luat", { level: "trung ương", type: "Luật", status: "cited" }, { province: -1 }),
    node("Ghost", "ghost:b", { name: "UBND tỉnh B", level: "tỉnh", place: "tỉnh B" }, { province: 1 }),
    node("Agency", "a", { name: "UBND tỉnh A", level: "tỉnh", place: "tỉnh A" }),
    node("Agency", "b", { name: "UBND tỉnh B", level: "tỉnh", place: "tỉnh B" }, { province: 1 }),
    node("Agency", "so", { name: "Sở Y tế", level: "tỉnh", place: "tỉnh A" }),
    node("Agency", "bo", { name: "Bộ Y tế", level: "trung ương" }, { province: -1 }),
    node("Task", "t1", { text: "Ban hành kế hoạch" }, { row: 0, province: -1 }),
  ];
  const edges = [
    ["kh", "THUC_HIEN", "ct", { confidence: 0.9 }],
    ["ct", "CAN_CU", "luat", { confidence: 0.5 }],
    ["ct", "GOM", "t1", { confidence: 0.9 }],
    ["t1", "GIAO", "bo", { facts: { role: "chủ trì" }, confidence: 0.9 }],
    ["t1", "PHOI_HOP", "so", { confidence: 0.6 }],
    ["a", "BAN_HANH", "kh", { confidence: 0.9 }],
  ];
  const duties = [
    { agency: "a", document: "ct", task: "t1", plan: "kh", status: "có kế hoạch", deadline: "2024-04-01" },
    { agency: "b", document: "ct", task: "t1", ghost: "ghost:b", status: "chưa có", quote: "UBND tỉnh B lập kế hoạch" },
  ];
  const graph = graphOf(nodes, edges, duties);
  return { graph, standing: new Standing(graph) };
}
