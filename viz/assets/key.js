import { FONT } from "./cards.js";
import { upperFirst } from "./dom.js";
import { STANDING_LOOK, STANDINGS } from "./standing.js";
import { EDGE_STYLE } from "./style.js";

const [EDGE, ROW, ICON, GAP] = [20, 26, 34, 26];
const [TEXT, HEADING] = [`400 13px ${FONT}`, `650 15px ${FONT}`];

/** The legend as a part of a picture that leaves the page: its name, and what its shapes, lines and signs mean. */
export class Key {
  /**
   * @param {{graph: object, words: object, standing: object}} shown
   * @param {{hidden: Set<string>, thread: object|null}} state
   * @param {(font: string, text: string) => TextMetrics} measure
   * @param {number} width of the picture, in pixels of the key
   */
  constructor(shown, state, measure, width) {
    Object.assign(this, { ...shown, width, entries: [] });
    let [left, top] = [EDGE, EDGE + ROW];
    for (const [icon, text] of this.#meanings(state)) {
      const needed = ICON + 8 + measure(TEXT, text).width;
      if (left > EDGE && left + needed > width - EDGE) [left, top] = [EDGE, top + ROW];
      this.entries.push({ icon, text, left, top });
      left += needed + GAP;
    }
    this.height = top + ROW + EDGE - 8;
  }

  /** What is to be seen in the picture, each with how it is drawn: lines that only a choice shows where there is one. */
  *#meanings({ hidden, thread }) {
    const counts = this.graph.counts();
    for (const kind of Object.keys(this.words.names.nodes)) {
      if (counts.has(kind) && !hidden.has(kind)) yield [(p, at) => drawKind(p, kind, at), upperFirst(this.words.kind(kind))];
    }
    if (this.graph.focus !== null) yield [(p, at) => drawKind(p, "Focus", at), upperFirst(this.words.ui("focus"))];
    for (const [kind, { weight }] of Object.entries(EDGE_STYLE)) {
      if (!counts.has(kind) || hidden.has(kind) || (weight === "chosen" && !thread)) continue;
      yield [(p, at) => drawLine(p, kind, at), upperFirst(this.words.kind(kind))];
    }
    for (const standing of STANDINGS) {
      if (!this.graph.nodes.some((node, index) => node.kind === "Agency" && this.standing.of(index) === standing)) continue;
      yield [(p, at) => drawSign(p, STANDING_LOOK[standing], at), upperFirst(this.words.value("standing", standing))];
    }
  }

  /**
   * Draw it under a picture.
   * @param {import("./painter.js").Painter} p
   * @param {number} top of the key, in pixels of the picture
   * @param {number} factor pixels of the picture for one of the key
   */
  draw(p, top, factor) {
    const c = p.context;
    c.setTransform(factor, 0, 0, factor, 0, top);
    c.globalAlpha = 1;
    c.setLineDash([]);
    c.fillStyle = p.colours.sheet;
    c.fillRect(0, 0, this.width, this.height);
    c.textAlign = "left";
    c.textBaseline = "middle";
    c.fillStyle = p.colours.ink;
    c.font = HEADING;
    c.fillText(this.#name(), EDGE, EDGE);
    for (const { icon, text, left, top: down } of this.entries) {
      icon(p, [left, down]);
      c.setLineDash([]);
      c.textAlign = "left";
      c.textBaseline = "middle";
      c.fillStyle = p.colours.ink;
      c.font = TEXT;
      c.fillText(text, left + ICON + 8, down);
    }
  }

  #name() {
    const { graph, words } = this;
    if (graph.focus === null) return words.ui("heading");
    const { label, facts } = graph.nodes[graph.focus];
    return [words.value("type", facts.type || ""), label].filter(Boolean).join(" ");
  }
}

/** A kind of node, in the middle of the room for icons. */
function drawKind(p, kind, [left, y]) {
  const c = p.context;
  const [x, size] = [left + ICON / 2, 6];
  c.beginPath();
  if (kind === "Task" || kind === "Target") drawMark(c, kind, x, y, size);
  else c.roundRect(x - 11, y - 7, 22, 14, kind === "Agency" ? 7 : 3);
  const colour = { Task: "Task", Target: "Target", Agency: "Agency", Ghost: "missing", Focus: "accent" }[kind] || "Document";
  const filling = { Document: "Document-fill", Agency: "Agency-fill", Task: "Task", Target: "Target", Focus: "accent" }[kind];
  if (filling) {
    c.fillStyle = p.colours[filling];
    c.fill();
  }
  c.strokeStyle = p.colours[colour];
  c.lineWidth = 1.5;
  c.setLineDash(kind === "Ghost" ? [3, 2] : []);
  c.stroke();
}

function drawMark(c, kind, x, y, size) {
  c.moveTo(x, y - size);
  if (kind === "Task") c.lineTo(x + size, y);
  c.lineTo(...(kind === "Task" ? [x, y + size] : [x + size, y + size]));
  c.lineTo(x - size, kind === "Task" ? y : y + size);
  c.closePath();
}

function drawLine(p, kind, [x, y]) {
  const c = p.context;
  const { dash, weight } = EDGE_STYLE[kind];
  c.beginPath();
  c.moveTo(x, y);
  c.lineTo(x + ICON, y);
  c.strokeStyle = p.colours[kind];
  c.lineWidth = weight === "bold" ? 2.4 : 1.8;
  c.setLineDash(dash);
  c.stroke();
}

function drawSign(p, { colour, sign }, [left, y]) {
  const c = p.context;
  const x = left + ICON / 2;
  c.beginPath();
  c.roundRect(x - 8, y - 8, 16, 16, 8);
  c.fillStyle = p.colours[colour];
  c.fill();
  c.fillStyle = p.colours.paper;
  c.font = `700 11px ${FONT}`;
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.fillText(sign, x, y + 0.5);
}
