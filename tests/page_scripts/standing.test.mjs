import assert from "node:assert/strict";
import test from "node:test";
import { countStandings, NOT_OBLIGED, worst } from "../../viz/assets/standing.js";
import { smallGraph } from "./rows.mjs";

const { graph, standing } = smallGraph();
const of = (id) => standing.of(graph.byId.get(id));

test("a plan, a missing one and their agencies stand as the duty says", () => {
  assert.deepEqual(["kh", "a", "ghost:b", "b"].map(of), ["có kế hoạch", "có kế hoạch", "chưa có", "chưa có"]);
});

test("who has no duty is not obliged", () => assert.deepEqual(["ct", "so"].map(of), [NOT_OBLIGED, NOT_OBLIGED]));

test("a task stands nowhere", () => assert.equal(of("t1"), undefined));

test("of several duties the worst counts", () => {
  assert.equal(worst(["có kế hoạch", "chậm", "không rõ"]), "không rõ");
  assert.equal(worst([]), undefined);
});

test("duties are counted, the worst first", () => {
  const counts = countStandings(["chậm", "chưa có", "chậm"].map((status) => ({ status })));
  assert.deepEqual([...counts], [["chưa có", 1], ["chậm", 2]]);
});

test("a province knows its documents and its duties", () => {
  const summary = standing.ofProvinces();
  assert.equal(summary.get(0).documents, 1);
  assert.deepEqual([...summary.get(1).standings], [["chưa có", 1]]);
});

test("a missing plan leads up to the document that asks for it", () => {
  const thread = graph.thread(graph.byId.get("ghost:b"));
  assert.ok(thread.nodes.has(graph.byId.get("ct")));
});

test("an agency's thread leads over its missing plan to the document that asks for it", () => {
  const { nodes } = graph.thread(graph.byId.get("b"));
  assert.ok(["ghost:b", "ct"].every((id) => nodes.has(graph.byId.get(id))));
});
