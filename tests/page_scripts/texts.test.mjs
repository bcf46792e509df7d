import assert from "node:assert/strict";
import test from "node:test";
import { addressOf, readAddress } from "../../viz/assets/address.js";
import { marked, plain } from "../../viz/assets/fold.js";
import { lineOf } from "../../viz/assets/lines.js";
import { Search } from "../../viz/assets/search.js";
import { SvgContext } from "../../viz/assets/svg.js";
import { node } from "./rows.mjs";

test("diacritics, case and marks do not matter", () => assert.equal(plain("Ủy ban  ĐÔNG-Hà"), "uy ban dong ha"));
test("composed and decomposed letters are one", () => assert.equal(marked("Hòa"), marked("Hòa".normalize("NFD"))));

test("search prefers the whole name, then what was typed with its diacritics", () => {
  const search = new Search([node("Agency", "xã Bản Bò", { name: "xã Bản Bò" }), node("Agency", "xã Bán Bò", { name: "xã Bán Bò" })]);
  assert.deepEqual(search.find("xa ban bo"), [0, 1]);
  assert.deepEqual(search.find("xã bán bò"), [1, 0]);
  assert.deepEqual(search.find("xyz"), []);
});

const state = { node: "a&b=c", lang: "en", theme: "dark", view: "matrix", by: "agency", filter: "level=tỉnh&to=2024", off: ["GUI", "Task"], open: ["tỉnh A", "thành phố B"] };
test("a state comes back out of its address", () => {
  assert.deepEqual(readAddress(`#${addressOf(state)}`), { ...state, open: ["thành phố B", "tỉnh A"] });
});
test("what the address does not say is null", () => {
  assert.deepEqual(new Set(Object.values(readAddress("#search"))), new Set([null]));
});
test("that nothing is open is said too", () => assert.deepEqual(readAddress(`#${addressOf({ open: [] })}`).open, []));

test("a route's corners are round, and no rounder than its sides are long", () => {
  assert.equal(lineOf(null, null, [0, 0, 0, 100, 100, 100]), "M0 0L0 92Q0 100 8 100L100 100");
  assert.equal(lineOf(null, null, [0, 0, 0, 4, 100, 4]), "M0 0L0 2Q0 4 2 4L100 4");
});

test("a saved picture holds text as text", () => {
  const svg = new SvgContext(10, 10, () => ({ width: 1 }));
  Object.assign(svg, { font: "400 10px serif", textAlign: "left", fillStyle: "#000" });
  svg.fillText('<script>"&\u0000', 1, 2);
  assert.ok(svg.toString().includes("&lt;script&gt;&quot;&amp;</text>"));
});

test("a saved picture knows dashes, strength and where things were moved", () => {
  const svg = new SvgContext(10, 10, () => ({ width: 1 }));
  Object.assign(svg, { strokeStyle: "#123456", lineWidth: 2, globalAlpha: 0.5 });
  svg.save();
  svg.translate(5, 0);
  svg.rotate(-Math.PI / 2);
  svg.setLineDash([3, 1]);
  svg.stroke("M0 0L1 1");
  svg.restore();
  assert.ok(svg.parts[0].includes('stroke-dasharray="3 1" opacity="0.5" transform="matrix(0 -1 1 0 5 0)"'));
  assert.deepEqual(svg.matrix, [1, 0, 0, 1, 0, 0]);
});
