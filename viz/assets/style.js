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
};

/** The colours of view.css, read again when the person switches between light and dark. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  return new Proxy({}, { get: (_, name) => style.getPropertyValue(`--${name}`).trim() });
}

/** A small picture of a kind of node, for the legend, the results and the panel. */
export function nodeIcon(kind, { hollow = false, focus = false } = {}) {
  const shapes = {
    Document: ["rect", { x: 1, y: 3, width: 14, height: 10, rx: 2 }],
    Agency: ["rect", { x: 1, y: 4, width: 14, height: 8, rx: 4 }],
    Task: ["path", { d: "M8 2 L14 8 L8 14 L2 8 Z" }],
    Target: ["path", { d: "M8 2.5 L14.5 13.5 L1.5 13.5 Z" }],
  };
  const [name, attributes] = shapes[kind];
  const filled = kind === "Document" || kind === "Agency" ? `var(--${kind}-fill)` : `var(--${kind})`;
  const colour = focus ? "var(--accent)" : `var(--${kind})`;
  const look = { fill: hollow ? "none" : focus ? colour : filled, stroke: colour, "stroke-width": 1.5 };
  return svg(16, 16, [[name, { ...attributes, ...look }]]);
}

/** A short line in the style of a kind of edge. */
export function edgeIcon(kind) {
  const { dash, weight } = EDGE_STYLE[kind];
  const look = { stroke: `var(--${kind})`, "stroke-width": weight === "bold" ? 2.4 : 1.8, "stroke-dasharray": dash.join(" ") };
  return svg(34, 12, [["path", { d: "M1 6 H33", fill: "none", ...look }]]);
}

function svg(width, height, parts) {
  const make = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  };
  const root = make("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  root.append(...parts.map(([name, attributes]) => make(name, attributes)));
  return root;
}
