import { drawCard, drawMark, drawPill, drawRing, FAINT, FONT, LEAST_TEXT } from "./cards.js";
import { drawBands, drawColumnNames, drawColumns, drawStrip } from "./frame.js";
import { arrow, trace } from "./lines.js";
import { EDGE_STYLE, readColours } from "./style.js";

const LABEL_SIZE = 11;
const BUSY = 300;
const LABEL_LENGTH = 30;

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
    drawBands(this);
    this.#inWorld();
    drawColumns(this);
    this.#drawResting();
    this.#drawThread();
    this.#drawNodes();
    this.#inScreen();
    this.taken = [];
    drawColumnNames(this);
    this.#drawLabels();
    drawStrip(this);
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

  screenY(y) {
    return (y - this.camera.y) * this.camera.scale;
  }

  screenX(x) {
    return (x - this.camera.x) * this.camera.scale;
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
      // a line past the documents between would only repeat what theirs say; it shows when an end is chosen
      if (edge.shortcut) continue;
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
      if (node.kind === "Document") drawCard(this, node, index, dim);
      else if (node.kind === "Agency") drawPill(this, node, index, dim);
      else drawMark(this, node, index, dim);
      if (index === chosen) drawRing(this, node);
    }
    c.globalAlpha = 1;
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
      const { box, label: whole, facts } = this.graph.nodes[index];
      const label = whole.length > LABEL_LENGTH ? `${whole.slice(0, LABEL_LENGTH).trimEnd()}…` : whole;
      const width = c.measureText(label).width + 8;
      // among many small cards a label would hide the next ones
      const crowded = width > box[2] * this.camera.scale * 1.6 && facts.level !== "trung ương" && facts.level !== "tỉnh";
      if (crowded && !thread) continue;
      const [x, y] = [this.screenX(box[0] + box[2] / 2), this.screenY(box[1] + 22)];
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
