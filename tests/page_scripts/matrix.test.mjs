import assert from "node:assert/strict";
import test from "node:test";
import { matrixOf } from "../../viz/assets/matrix.js";
import { days, spread, timelinesOf } from "../../viz/assets/timeline.js";
import { graphOf, node, smallGraph } from "./rows.mjs";

const { graph } = smallGraph();

test("provinces stand against the directive and the levels", () => {
  const { columns, rows } = matrixOf(graph, graph.duties, "province");
  assert.deepEqual(columns, [{ top: 0, level: "tỉnh" }]);
  assert.deepEqual(rows.map(({ key, cells }) => [key, cells[0].map(({ status }) => status)]), [[0, ["có kế hoạch"]], [1, ["chưa có"]]]);
});

test("agencies stand against the directive", () => {
  const { columns, rows } = matrixOf(graph, graph.duties, "agency");
  assert.deepEqual(columns, [{ top: 0, level: null }]);
  assert.deepEqual(rows.map(({ key }) => graph.nodes[key].id), ["a", "b"]);
});

test("a duty that a plan gives counts under the directive above", () => {
  const nodes = [node("Document", "ct"), node("Document", "kh"), node("Agency", "x", { level: "huyện" })];
  const own = graphOf(nodes, [["kh", "THUC_HIEN", "ct"]], [{ agency: "x", document: "kh", status: "chậm" }]);
  assert.deepEqual(matrixOf(own, own.duties, "agency").columns, [{ top: 0, level: null }]);
});

test("documents that implement each other are a top of their own", () => {
  const nodes = [node("Document", "a"), node("Document", "b")];
  const own = graphOf(nodes, [["a", "THUC_HIEN", "b"], ["b", "THUC_HIEN", "a"]]);
  assert.deepEqual(own.tops(0), [0]);
});

test("a plan is so many days after its directive", () => {
  const [{ top, plans }] = timelinesOf(graph, () => true);
  assert.deepEqual([top, plans.map((plan) => [graph.nodes[plan.index].id, plan.days])], [0, [["kh", 60]]]);
});

test("what is filtered out has no place in the timeline", () => assert.deepEqual(timelinesOf(graph, () => false), []));

const between = [
  ["2024-01-01", "2024-03-01", 60],
  ["2024-02-28", "2024-02-29", 1],
  ["2024-01", "2024-03-01", undefined],
  [undefined, "2024-03-01", undefined],
];
for (const [from, to, expected] of between) test(`days from ${from} to ${to}`, () => assert.equal(days(from, to), expected));

test("the middle of an even number of plans lies between two", () => assert.deepEqual(spread([9, 1, 4, 2]), { least: 1, median: 3, most: 9 }));
