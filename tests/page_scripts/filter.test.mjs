import assert from "node:assert/strict";
import test from "node:test";
import { Filter } from "../../viz/assets/filter.js";
import { smallGraph } from "./rows.mjs";

const { graph, standing } = smallGraph();

function passing(asked, hidden = []) {
  const filter = Object.assign(new Filter(), asked);
  const { nodes } = filter.apply(graph, standing, new Set(hidden));
  return graph.nodes.filter((_, index) => nodes[index]).map(({ id }) => id);
}

function edges(asked, hidden = []) {
  const passed = Object.assign(new Filter(), asked).apply(graph, standing, new Set(hidden)).edges;
  return graph.edges.filter((_, index) => passed[index]).map(({ kind }) => kind);
}

const rows = [
  ["nothing asked", {}, ["ct", "kh", "luat", "ghost:b", "a", "b", "so", "bo", "t1"]],
  ["a level", { level: new Set(["tỉnh"]) }, ["kh", "ghost:b", "a", "b", "so"]],
  ["a place", { place: "tỉnh B" }, ["ghost:b", "b"]],
  ["a type leaves agencies that have to do with it", { type: new Set(["Kế hoạch"]) }, ["kh", "a"]],
  ["a time", { from: "2024-02-01", to: "2024-12-31" }, ["kh", "a"]],
  ["a standing", { standing: new Set(["chưa có"]) }, ["ghost:b", "b"]],
  ["a role", { role: new Set(["phối hợp"]) }, ["ct", "kh", "luat", "ghost:b", "a", "so", "t1"]],
  ["confidence", { confidence: 0.8 }, ["ct", "kh", "luat", "ghost:b", "a", "bo", "t1"]],
];

for (const [name, asked, expected] of rows) test(name, () => assert.deepEqual(passing(asked), expected));

test("the legend hides what is only cited apart from other documents", () => {
  assert.ok(!passing({}, ["Cited"]).includes("luat"));
  assert.ok(passing({}, ["Document"]).includes("luat"));
});

test("lines below the confidence asked for are left out", () => {
  assert.ok(edges({}).includes("CAN_CU"));
  assert.ok(!edges({ confidence: 0.8 }).includes("CAN_CU"));
});

test("duties are drawn from the card where tasks are switched off", () => assert.ok(edges({}, ["Task"]).includes("GIAO")));

test("it comes back out of the address", () => {
  const filter = Object.assign(new Filter(), { level: new Set(["xã", "huyện"]), place: "tỉnh A & B", from: "2024-01-01", confidence: 0.8 });
  const again = new Filter();
  again.read(filter.toString());
  assert.deepEqual(again, filter);
});

test("what an address says wrong asks for nothing", () => {
  const filter = new Filter();
  filter.read("confidence=much&nothing=1");
  assert.ok(filter.isEmpty);
});
