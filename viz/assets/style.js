import { svgElement } from "./dom.js";
import { STANDING_LOOK } from "./standing.js";

/**
 * How each kind of edge is drawn: its dashes (layout units), and whether it is a bold line of the cascade,
 * a quiet one, or drawn only when one of its ends is chosen. Colours are in view.css, so that dark mode has its own.
 */
export const EDGE_STYLE = {
  THUC_HIEN: { dash: [], weight: "bold" },
  KEM_THEO: { dash: [7, 4], weight: "bold" },
  SUA_DOI: { dash: [10, 3, 2, 3], weight: "bold" },
  THAY_THE: { dash: [3, 3], weight: "bold" },
  GIAO: { dash: [], weight: "quiet" },
  PHOI_HOP: { dash: [6, 4], weight: "quiet" },
  BAO_CAO: { dash: [2, 3], weight: "quiet" },
  CU_THE_HOA: { dash: [1, 3], weight: "quiet" },
  BAN_HANH: { dash: [12, 4], weight: "chosen" },
  CAN_CU: { dash: [2, 4], weight: "chosen" },
  DAN_CHIEU: { dash: [1, 5], weight: "chosen" },
  GUI: { dash: [4, 6], weight: "chosen" },
  THUOC: { dash: [], weight: "chosen" },
  KE_THUA: { dash: [8, 3, 1, 3], weight: "chosen" },
  THIEU: { dash: [5, 5], weight: "bold" },
};

/** The colours of view.css, read again when the person switches between light and dark. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  return new Proxy({}, { get: (_, name) => style.getPropertyValue(`--${name}`).trim() });
}

const SHAPES = {
  Document: ["rect", { x: 1, y: 3, width: 14, height: 10, rx: 2 }],
  Agency: ["rect", { x: 1, y: 4, width: 14, height: 8, rx: 4 }],
  Task: ["path", { d: "M8 2 L14 8 L8 14 L2 8 Z" }],
  Target: ["path", { d: "M8 2.5 L14.5 13.5 L1.5 13.5 Z" }],
};
SHAPES.Cited = SHAPES.Ghost = SHAPES.Document;

const LOOK = {
  Document: { fill: "var(--Document-fill)", stroke: "var(--Document)" },
  Cited: { fill: "none", stroke: "var(--Document)" },
  Ghost: { fill: "none", stroke: "var(--missing)", "stroke-dasharray": "3 2" },
  Agency: { fill: "var(--Agency-fill)", stroke: "var(--Agency)" },
  Task: { fill: "var(--Task)", stroke: "var(--Task)" },
  Target: { fill: "var(--Target)", stroke: "var(--Target)" },
};

/** A small picture of a kind of node, for the legend, the results and the panel. */
export function nodeIcon(kind, { focus = false } = {}) {
  const [name, attributes] = SHAPES[kind];
  const look = focus ? { fill: "var(--accent)", stroke: "var(--accent)" } : LOOK[kind];
  return svg(16, 16, [[name, { ...attributes, "stroke-width": 1.5, ...look }]]);
}

/** A short line in the style of a kind of edge. */
export function edgeIcon(kind) {
  const { dash, weight } = EDGE_STYLE[kind];
  const look = { stroke: `var(--${kind})`, "stroke-width": weight === "bold" ? 2.4 : 1.8, "stroke-dasharray": dash.join(" ") };
  return svg(34, 12, [["path", { d: "M1 6 H33", fill: "none", ...look }]]);
}

/** The sign of a standing, in its colour. */
export function standingIcon(standing) {
  const { colour, sign } = STANDING_LOOK[standing];
  const text = svgElement("text", { x: 8, y: 11.8, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: "var(--paper)" }, sign);
  const root = svg(16, 16, [["circle", { cx: 8, cy: 8, r: 7.5, fill: `var(--${colour})` }]]);
  root.append(text);
  return root;
}

function svg(width, height, parts) {
  const size = { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" };
  return svgElement("svg", size, ...parts.map(([name, attributes]) => svgElement(name, attributes)));
}
