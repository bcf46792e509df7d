import { upperFirst } from "./dom.js";
import { arrow, trace } from "./lines.js";
import { EDGE_STYLE, readColours } from "./style.js";

const FONT = '"Be Vietnam Pro", "Segoe UI", "Noto Sans", Roboto, "Helvetica Neue", system-ui, sans-serif';
const LEAST_TEXT = 6.5;
const FAINT = 0.16;
const LABEL_SIZE = 11;
const BUSY = 800;

/** Draws the picture on a canvas: bands, columns, lines, nodes, labels. */
export class Painter {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import("./graph.js").Graph} graph
   * @param {object} data
   */
  constructor(canvas, graph, data, words) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.graph = graph;
    this.bands = data.bands;
    this.columns = data.columns;
    this.words = words;
    this.fitted = new Map();
    this.recolour();
  }

  recolour() {
    const live = readColours();
    const names = ["paper", "band", "sheet", "frame", "ink", "soft", "accent", "chosen", "Document", "Document-fill",
      "Agency", "Agency-fill", "Task", "Target", ...Object.keys(EDGE_STYLE)];
    this.colours = Object.fromEntries(names.map((name) => [name, live[name]]));
  }

  /** The width of the strip with the levels' names, in pixels. */
  get strip() {
    return this.canvas.clientWidth < 720 ? 24 : 36;
  }

  /** Make the canvas as large as its element, on any density of pixels. */
  resize(camera) {
    const ratio = devicePixelRatio || 1;
    camera.width = this.canvas.clientWidth;
    camera.height = this.canvas.clientHeight;
    this.canvas.width = Math.round(camera.width * ratio);
    this.canvas.height = Math.round(camera.height * ratio);
    this.ratio = ratio;
  }

  /** Forget prepared lines: a kind was hidden or shown. */
  invalidate() {
    this.resting = null;
  }

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {{hidden: Set<string>, chosen: number|null, thread: {nodes: Set<number>, edges: Set<number>}|null}} state
   */
  draw(camera, state) {
    const c = this.context;
    this.camera = camera;
    this.state = state;
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    c.fillStyle = this.colours.paper;
    c.fillRect(0, 0, camera.width, camera.height);
    this.#drawBands();
    this.#inWorld();
    this.#drawColumns();
    this.#drawResting();
    this.#drawThread();
    this.#drawNodes();
    this.#inScreen();
    this.taken = [];
    this.#drawColumnNames();
    this.#drawLabels();
    this.#drawStrip();
  }

  #inWorld() {
    const { x, y, scale } = this.camera;
    const k = scale * this.ratio;
    this.context.setTransform(k, 0, 0, k, -x * k, -y * k);
  }

  #inScreen() {
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.globalAlpha = 1;
    this.context.setLineDash([]);
  }

  #screenY(y) {
    return (y - this.camera.y) * this.camera.scale;
  }

  #screenX(x) {
    return (x - this.camera.x) * this.camera.scale;
  }

  #drawBands() {
    const c = this.context;
    this.bands.forEach((band, index) => {
      const [top, bottom] = this.#bandEnds(band, index);
      c.fillStyle = index % 2 ? this.colours.band : this.colours.paper;
      c.fillRect(0, top, this.camera.width, bottom - top);
    });
  }

  /** The visible part of a band, in pixels; the first and the last one have no end. */
  #bandEnds(band, index) {
    const { height } = this.camera;
    const top = index === 0 ? 0 : Math.max(0, this.#screenY(band.top));
    const bottom = index === this.bands.length - 1 ? height : Math.min(height, this.#screenY(band.bottom));
    return [top, bottom];
  }

  #drawColumns() {
    const c = this.context;
    for (const { box, depth } of this.columns) {
      c.beginPath();
      c.roundRect(box[0], box[1], box[2], box[3], depth === 1 ? 14 : 8);
      c.globalAlpha = depth === 1 ? 0.55 : 1;
      c.fillStyle = depth === 1 ? this.colours.sheet : "transparent";
      c.fill();
      c.globalAlpha = depth === 1 ? 1 : 0.7;
      c.strokeStyle = this.colours.frame;
      c.lineWidth = Math.max(1, 0.8 / this.camera.scale);
      c.setLineDash(depth === 1 ? [] : [2, 4]);
      c.stroke();
    }
    c.setLineDash([]);
    c.globalAlpha = 1;
  }

  #isShown(edge) {
    const { hidden } = this.state;
    const { nodes } = this.graph;
    return !hidden.has(edge.kind) && !hidden.has(nodes[edge.from].kind) && !hidden.has(nodes[edge.to].kind);
  }

  /** One path for each kind of edge; a document's many tasks for one agency are one line while nothing is chosen. */
  #prepareResting() {
    const paths = new Map();
    const drawn = new Set();
    for (const edge of this.graph.edges) {
      const { weight } = EDGE_STYLE[edge.kind] || {};
      if (!weight || weight === "chosen" || !this.#isShown(edge)) continue;
      const from = edge.kind === "CU_THE_HOA" ? edge.from : (this.graph.owner.get(edge.from) ?? edge.from);
      const key = `${from} ${edge.to} ${edge.kind}`;
      if (drawn.has(key)) continue;
      drawn.add(key);
      if (!paths.has(edge.kind)) paths.set(edge.kind, { line: new Path2D(), heads: new Path2D(), count: 0 });
      const path = paths.get(edge.kind);
      path.count += 1;
      trace(path.line, this.graph.nodes[from], this.graph.nodes[edge.to], edge.route);
      if (edge.route) arrow(path.heads, edge.route);
    }
    return paths;
  }

  #drawResting() {
    this.resting ||= this.#prepareResting();
    const dimmed = this.state.thread !== null;
    const scale = this.camera.scale;
    for (const [kind, path] of this.resting) {
      const quiet = EDGE_STYLE[kind].weight === "quiet";
      // seen from afar, a thousand duties would only be a haze
      if (quiet && (dimmed || (path.count > BUSY && scale < 0.35))) continue;
      this.#pen(kind, quiet ? 1 : 1.7, quiet ? 0.3 : dimmed ? FAINT : 0.9);
      this.context.stroke(path.line);
      this.context.fill(path.heads);
    }
  }

  #pen(kind, width, alpha) {
    const c = this.context;
    c.strokeStyle = c.fillStyle = this.colours[kind];
    c.lineWidth = Math.max(width, width * 0.42 / this.camera.scale);
    c.setLineDash(EDGE_STYLE[kind].dash);
    c.globalAlpha = alpha;
  }

  #drawThread() {
    if (!this.state.thread) return;
    for (const index of this.state.thread.edges) {
      const edge = this.graph.edges[index];
      if (edge.kind === "GOM" || !EDGE_STYLE[edge.kind] || !this.#isShown(edge)) continue;
      const path = new Path2D();
      trace(path, this.graph.nodes[edge.from], this.graph.nodes[edge.to], edge.route);
      this.#pen(edge.kind, EDGE_STYLE[edge.kind].weight === "bold" ? 2.6 : 1.5, 1);
      this.context.stroke(path);
      if (edge.route) {
        const head = new Path2D();
        arrow(head, edge.route);
        this.context.fill(head);
      }
    }
  }

  /** Numbers of the nodes that are inside the window and not hidden. */
  *#visible() {
    const { x, y, scale, width, height } = this.camera;
    const [right, bottom] = [x + width / scale, y + height / scale];
    for (let index = 0; index < this.graph.nodes.length; index++) {
      const { box, kind } = this.graph.nodes[index];
      if (box[0] > right || box[1] > bottom || box[0] + box[2] < x || box[1] + box[3] < y) continue;
      if (!this.state.hidden.has(kind)) yield index;
    }
  }

  #drawNodes() {
    const c = this.context;
    c.setLineDash([]);
    const { thread, chosen } = this.state;
    for (const index of this.#visible()) {
      const node = this.graph.nodes[index];
      const dim = thread && !thread.nodes.has(index);
      if (node.kind === "Document") this.#drawCard(node, index, dim);
      else if (node.kind === "Agency") this.#drawPill(node, index, dim);
      else this.#drawMark(node, index, dim);
      if (index === chosen) this.#drawRing(node);
    }
    c.globalAlpha = 1;
  }

  #drawCard(node, index, dim) {
    const c = this.context;
    const [x, y, width, height] = node.box;
    const focus = index === this.graph.focus;
    const colour = focus ? this.colours.accent : this.colours.Document;
    if (height > 44 && !this.state.hidden.has("Task")) this.#drawTray(x, y, width, height, dim);
    c.globalAlpha = 1;
    c.fillStyle = this.colours.sheet;
    c.beginPath();
    c.roundRect(x, y, width, 44, 7);
    c.fill();
    c.globalAlpha = dim ? FAINT + 0.08 : 1;
    if (node.facts.status !== "cited") {
      c.fillStyle = focus ? colour : this.colours["Document-fill"];
      c.fill();
    }
    c.strokeStyle = colour;
    c.lineWidth = Math.max(1.3, 0.8 / this.camera.scale);
    c.stroke();
    if (13 * this.camera.scale < LEAST_TEXT) return;
    c.textAlign = "left";
    c.textBaseline = "alphabetic";
    c.fillStyle = focus ? this.colours.paper : this.colours.ink;
    c.font = `650 13.5px ${FONT}`;
    c.fillText(this.#fit(`${index}a`, node.label, width - 18), x + 9, y + (node.second ? 19 : 27));
    if (!node.second) return;
    c.font = `400 11px ${FONT}`;
    c.fillStyle = focus ? this.colours.paper : this.colours.soft;
    c.fillText(this.#fit(`${index}b`, node.second, width - 18), x + 9, y + 35);
  }

  /** The frame below a card that holds its tasks and targets. */
  #drawTray(x, y, width, height, dim) {
    const c = this.context;
    c.globalAlpha = dim ? FAINT : 1;
    c.beginPath();
    c.roundRect(x, y + 30, width, height - 30, 7);
    c.fillStyle = this.colours.sheet;
    c.fill();
    c.strokeStyle = this.colours.frame;
    c.lineWidth = 1;
    c.stroke();
  }

  #drawPill(node, index, dim) {
    const c = this.context;
    const [x, y, width, height] = node.box;
    c.globalAlpha = 1;
    c.fillStyle = this.colours.sheet;
    c.beginPath();
    c.roundRect(x, y, width, height, height / 2);
    c.fill();
    c.globalAlpha = dim ? FAINT + 0.08 : 1;
    c.fillStyle = this.colours["Agency-fill"];
    c.fill();
    c.strokeStyle = this.colours.Agency;
    c.lineWidth = 1;
    c.stroke();
    if (11.5 * this.camera.scale < LEAST_TEXT) return;
    c.font = `400 11.5px ${FONT}`;
    c.fillStyle = this.colours.ink;
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.fillText(this.#fit(`${index}a`, node.label, width - 20), x + width / 2, y + height / 2 + 0.5);
  }

  #drawMark(node, index, dim) {
    const c = this.context;
    const [x, y, size] = [node.box[0] + node.box[2] / 2, node.box[1] + node.box[3] / 2, 4.2];
    c.globalAlpha = dim ? FAINT + 0.1 : 1;
    c.fillStyle = this.colours[node.kind];
    c.beginPath();
    if (node.kind === "Task") {
      c.moveTo(x, y - size);
      c.lineTo(x + size, y);
      c.lineTo(x, y + size);
      c.lineTo(x - size, y);
    } else {
      c.moveTo(x, y - size);
      c.lineTo(x + size + 0.6, y + size - 0.6);
      c.lineTo(x - size - 0.6, y + size - 0.6);
    }
    c.closePath();
    c.fill();
  }

  #drawRing(node) {
    const c = this.context;
    const [x, y, width] = node.box;
    const height = node.kind === "Document" ? 44 : node.box[3];
    const gap = 3.5;
    c.globalAlpha = 1;
    c.strokeStyle = this.colours.chosen;
    c.lineWidth = Math.max(2.4, 2 / this.camera.scale);
    c.beginPath();
    c.roundRect(x - gap, y - gap, width + 2 * gap, height + 2 * gap, node.kind === "Document" ? 10 : height);
    c.stroke();
  }

  /** A text cut to a width in layout units, remembered. The font must be set. */
  #fit(key, text, width) {
    if (!this.fitted.has(key)) {
      let cut = text.length > 60 ? `${text.slice(0, 60)}…` : text;
      while (cut.length > 2 && this.context.measureText(cut).width > width) cut = `${cut.replace(/…$/, "").slice(0, -1).trimEnd()}…`;
      this.fitted.set(key, cut);
    }
    return this.fitted.get(key);
  }

  /** From afar cards cannot hold their text: the most important ones get a label of readable size. */
  #drawLabels() {
    if (13 * this.camera.scale >= LEAST_TEXT) return;
    const c = this.context;
    const { thread, chosen } = this.state;
    c.font = `600 ${LABEL_SIZE}px ${FONT}`;
    c.textAlign = "center";
    c.textBaseline = "middle";
    const wanted = [...this.#visible()].filter((i) => this.graph.nodes[i].kind === "Document" && (!thread || thread.nodes.has(i)));
    wanted.sort((a, b) => (b === chosen) - (a === chosen) || a - b);
    for (const index of wanted.slice(0, 600)) {
      const { box, label, facts } = this.graph.nodes[index];
      const width = c.measureText(label).width + 8;
      // among many small cards a label would hide the next ones
      const crowded = width > box[2] * this.camera.scale * 1.6 && facts.level !== "trung ương" && facts.level !== "tỉnh";
      if (crowded && !thread) continue;
      const [x, y] = [this.#screenX(box[0] + box[2] / 2), this.#screenY(box[1] + 22)];
      const spot = [x - width / 2, y - 8, x + width / 2, y + 8];
      if (this.taken.some((t) => t[0] < spot[2] && t[2] > spot[0] && t[1] < spot[3] && t[3] > spot[1])) continue;
      this.taken.push(spot);
      c.fillStyle = this.colours.sheet;
      c.globalAlpha = 0.9;
      c.beginPath();
      c.roundRect(spot[0], spot[1], width, 16, 4);
      c.fill();
      c.globalAlpha = 1;
      c.fillStyle = index === this.graph.focus ? this.colours.accent : this.colours.Document;
      c.fillText(label, x, y + 0.5);
    }
  }

  /** Names of provinces and districts stay in sight while any of their column is. */
  #drawColumnNames() {
    const c = this.context;
    c.textBaseline = "middle";
    c.textAlign = "left";
    for (const { name, depth, box } of this.columns) {
      const size = depth === 1 ? 14 : Math.min(12.5, Math.max(10, 13 * this.camera.scale));
      const left = Math.max(this.#screenX(box[0]) + 10, this.strip + 8);
      const right = Math.min(this.#screenX(box[0] + box[2]) - 6, this.camera.width);
      const top = this.#screenY(box[1] + (depth === 1 ? 20 : 15));
      const y = depth === 1 ? Math.max(top, 14) : top;
      if (right - left < 36 || this.#screenY(box[1] + box[3]) < 20) continue;
      if (depth === 2 && (this.camera.scale < 0.3 || y < 20)) continue;
      c.font = `${depth === 1 ? 650 : 500} ${size}px ${FONT}`;
      const shown = upperFirst(this.words.pick(name));
      this.taken.push([left - 5, y - 10, Math.min(right, left + c.measureText(shown).width + 5), y + 10]);
      c.save();
      c.beginPath();
      c.rect(left - 4, y - 11, right - left + 4, 22);
      c.clip();
      c.fillStyle = this.colours.sheet;
      c.globalAlpha = 0.88;
      c.beginPath();
      c.roundRect(left - 5, y - 10, c.measureText(shown).width + 10, 20, 5);
      c.fill();
      c.globalAlpha = 1;
      c.fillStyle = depth === 1 ? this.colours.ink : this.colours.soft;
      c.fillText(shown, left, y + 0.5);
      c.restore();
    }
  }

  /** The strip at the left with the names of the levels. */
  #drawStrip() {
    const c = this.context;
    c.fillStyle = this.colours.sheet;
    c.fillRect(0, 0, this.strip, this.camera.height);
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.font = `600 12px ${FONT}`;
    this.bands.forEach((band, index) => {
      const [top, bottom] = this.#bandEnds(band, index);
      if (bottom <= top) return;
      c.fillStyle = index % 2 ? this.colours.band : this.colours.paper;
      c.fillRect(0, top, this.strip - 1, bottom - top - 1);
      const name = this.words.pick(band.name).toUpperCase();
      if (c.measureText(name).width + 8 > bottom - top) return;
      c.save();
      c.translate(this.strip / 2, (top + bottom) / 2);
      c.rotate(-Math.PI / 2);
      c.fillStyle = this.colours.soft;
      c.fillText(name, 0, 1);
      c.restore();
    });
    c.fillStyle = this.colours.frame;
    c.fillRect(this.strip - 1, 0, 1, this.camera.height);
  }

  /** The node at a point of the picture, or null; marks before cards. */
  at(x, y, hidden) {
    const reach = 3 / this.camera.scale;
    let found = null;
    for (let index = 0; index < this.graph.nodes.length; index++) {
      const { box, kind } = this.graph.nodes[index];
      if (hidden.has(kind)) continue;
      if (x < box[0] - reach || y < box[1] - reach || x > box[0] + box[2] + reach || y > box[1] + box[3] + reach) continue;
      found = index;
    }
    return found;
  }
}
