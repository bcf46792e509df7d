import { drawCard, drawGhost, drawGroup, drawMark, drawPill, drawRing, FAINT, FONT, LEAST_TEXT } from "./cards.js";
import { drawBands, drawColumnNames, drawColumns, drawStrip } from "./frame.js";
import { arrow, lineOf } from "./lines.js";
import { NOT_OBLIGED, STANDING_LOOK } from "./standing.js";
import { EDGE_STYLE, readColours } from "./style.js";

const LABEL_SIZE = 11;
const BUSY = 300;
const LABEL_LENGTH = 30;
/** Cards smaller than this are plain rectangles, all of one colour in one go. */
const LEAST_CARD = 0.1;

/** Draws the picture on a canvas, or on anything that has a canvas's methods: bands, columns, lines, nodes, labels. */
export class Painter {
  /**
   * @param {CanvasRenderingContext2D|import("./svg.js").SvgContext} context
   * @param {{graph: object, scene: object, standing: object, words: object, provinces: object[]}} shown
   * @param {(path: string) => any} [path] makes what `context` can stroke out of SVG path data
   */
  constructor(context, shown, path = (data) => new Path2D(data)) {
    Object.assign(this, shown, { context, path, fitted: new Map(), ratio: 1 });
    this.summaries = this.standing.ofProvinces();
    this.recolour();
  }

  recolour() {
    const live = readColours();
    const standings = Object.values(STANDING_LOOK).map(({ colour }) => colour);
    const names = ["paper", "band", "sheet", "frame", "ink", "soft", "accent", "chosen", "Document", "Document-fill",
      "Agency", "Agency-fill", "Task", "Target", ...standings, ...Object.keys(EDGE_STYLE)];
    this.colours = Object.fromEntries(names.map((name) => [name, live[name]]));
  }

  get bands() {
    return this.scene.bands;
  }

  get columns() {
    return this.scene.columns;
  }

  /** The width of the strip with the levels' names, in pixels. */
  get strip() {
    return this.camera && this.camera.width < 720 ? 24 : 36;
  }

  /** Forget prepared lines: something was hidden, shown, folded or unfolded. */
  invalidate() {
    this.resting = this.threadLines = null;
  }

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {{hidden: Set<string>, passing: {nodes: Uint8Array, edges: Uint8Array}, chosen: number|null,
   *   thread: {nodes: Set<number>, edges: Set<number>}|null}} state
   */
  draw(camera, state) {
    const c = this.context;
    this.camera = camera;
    if (this.state?.thread !== state.thread) this.threadLines = null;
    this.state = { ...state };
    this.#inScreen();
    c.fillStyle = this.colours.paper;
    c.fillRect(0, 0, camera.width, camera.height);
    drawBands(this);
    this.#inWorld();
    drawColumns(this);
    this.#drawResting();
    this.#drawThread();
    this.#drawNodes();
    this.#drawGroups();
    this.#inScreen();
    this.taken = [];
    this.folders = [];
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

  /**
   * The lines of some edges, one path for each kind. What differs only in its task, or in where it stands inside a
   * folded province, is one line.
   * @param {Iterable<number>} edges
   * @param {boolean} together whether a document's tasks for one agency are one line
   */
  #lines(edges, together) {
    const paths = new Map();
    const drawn = new Set();
    for (const index of edges) {
      const edge = this.graph.edges[index];
      if (!EDGE_STYLE[edge.kind] || !this.state.passing.edges[index]) continue;
      const from = together && edge.kind !== "CU_THE_HOA" ? (this.graph.owner.get(edge.from) ?? edge.from) : edge.from;
      const [start, end] = [this.scene.spot(from), this.scene.spot(edge.to)];
      const key = `${start} ${end} ${edge.kind}`;
      if (start === end || drawn.has(key)) continue;
      drawn.add(key);
      const boxes = [this.scene.place(from), this.scene.place(edge.to)];
      if (!boxes[0] || !boxes[1]) continue;
      if (!paths.has(edge.kind)) paths.set(edge.kind, { line: [], heads: [] });
      paths.get(edge.kind).line.push(lineOf(...boxes, edge.route));
      if (edge.route) paths.get(edge.kind).heads.push(arrow(edge.route));
    }
    const whole = (path) => ({ line: this.path(path.line.join("")), heads: this.path(path.heads.join("")), count: path.line.length });
    // lines to what is missing lie below those to what is there
    const sorted = [...paths].sort(([a], [b]) => (b === "THIEU") - (a === "THIEU"));
    return new Map(sorted.map(([kind, path]) => [kind, whole(path)]));
  }

  *#restingEdges() {
    for (let index = 0; index < this.graph.edges.length; index++) {
      const edge = this.graph.edges[index];
      // a line past the documents between would only repeat what theirs say; it shows when an end is chosen
      if (!edge.shortcut && EDGE_STYLE[edge.kind]?.weight !== "chosen") yield index;
    }
  }

  #drawResting() {
    this.resting ||= this.#lines(this.#restingEdges(), true);
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
    this.threadLines ||= this.#lines(this.state.thread.edges, false);
    for (const [kind, path] of this.threadLines) {
      this.#pen(kind, EDGE_STYLE[kind].weight === "bold" ? 2.6 : 1.5, 1);
      this.context.stroke(path.line);
      this.context.fill(path.heads);
    }
  }

  /** Numbers of the nodes that are inside the window and pass. */
  *#visible() {
    const { x, y, scale, width, height } = this.camera;
    const [right, bottom] = [x + width / scale, y + height / scale];
    for (let index = 0; index < this.graph.nodes.length; index++) {
      const { at } = this.graph.nodes[index];
      if (!at || !this.state.passing.nodes[index]) continue;
      if (at[0] > right || at[1] > bottom || at[0] + at[2] < x || at[1] + at[3] < y) continue;
      yield index;
    }
  }

  #drawNodes() {
    const c = this.context;
    c.setLineDash([]);
    if (this.camera.scale < LEAST_CARD) this.#drawDots();
    else for (const index of this.#visible()) this.#drawNode(index);
    const { chosen } = this.state;
    if (chosen !== null && this.graph.nodes[chosen].at) drawRing(this, this.graph.nodes[chosen]);
    c.globalAlpha = 1;
  }

  #drawNode(index) {
    const node = this.graph.nodes[index];
    const draw = { Document: drawCard, Ghost: drawGhost, Agency: drawPill }[node.kind] || drawMark;
    draw(this, node, index, this.state.thread && !this.state.thread.nodes.has(index));
  }

  /** From very far each card is a rectangle in the colour of its standing. */
  #drawDots() {
    const c = this.context;
    const boxes = new Map();
    for (const index of this.#visible()) {
      const { kind, at } = this.graph.nodes[index];
      if (kind === "Task" || kind === "Target") continue;
      const standing = kind === "Agency" ? undefined : this.standing.of(index);
      const colour = standing && standing !== NOT_OBLIGED ? STANDING_LOOK[standing].colour : kind === "Agency" ? "Agency-fill" : "Document";
      const key = `${colour} ${!this.state.thread || this.state.thread.nodes.has(index)}`;
      if (!boxes.has(key)) boxes.set(key, []);
      boxes.get(key).push(at);
    }
    for (const [key, some] of boxes) {
      const [colour, strong] = key.split(" ");
      c.fillStyle = this.colours[colour];
      c.globalAlpha = strong === "true" ? 1 : FAINT;
      c.beginPath();
      for (const [x, y, width, height] of some) c.rect(x, y, width, Math.min(height, 44));
      c.fill();
    }
  }

  #drawGroups() {
    const inside = this.state.thread && new Set([...this.state.thread.nodes].map((index) => this.graph.nodes[index].province));
    for (const [province, { box }] of this.scene.groups) {
      const summary = this.summaries.get(province) || { documents: 0, standings: new Map() };
      drawGroup(this, province, box, summary, inside && !inside.has(province));
    }
    this.context.globalAlpha = 1;
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
      const { at, label: whole, facts } = this.graph.nodes[index];
      const label = whole.length > LABEL_LENGTH ? `${whole.slice(0, LABEL_LENGTH).trimEnd()}…` : whole;
      const width = c.measureText(label).width + 8;
      // among many small cards a label would hide the next ones
      const crowded = width > at[2] * this.camera.scale * 1.6 && facts.level !== "trung ương" && facts.level !== "tỉnh";
      if (crowded && !thread) continue;
      const colour = index === this.graph.focus ? this.colours.accent : this.colours.Document;
      this.#label(label, width, this.screenX(at[0] + at[2] / 2), this.screenY(at[1] + 22), colour);
    }
    for (const [province, { box }] of this.scene.groups) {
      const name = this.words.pick(this.provinces[province].name).replace(/^(tỉnh|thành phố) /, "");
      const spot = [this.screenX(box[0] + box[2] / 2), this.screenY(box[1] + box[3] / 3)];
      this.#label(name, c.measureText(name).width + 8, ...spot, this.colours.ink);
    }
  }

  /** A label, unless another one stands there. */
  #label(text, width, x, y, colour) {
    const c = this.context;
    const spot = [x - width / 2, y - 8, x + width / 2, y + 8];
    if (this.taken.some((t) => t[0] < spot[2] && t[2] > spot[0] && t[1] < spot[3] && t[3] > spot[1])) return;
    this.taken.push(spot);
    c.fillStyle = this.colours.sheet;
    c.globalAlpha = 0.9;
    c.beginPath();
    c.roundRect(spot[0], spot[1], width, 16, 4);
    c.fill();
    c.globalAlpha = 1;
    c.fillStyle = colour;
    c.fillText(text, x, y + 0.5);
  }

  /**
   * What is at a point of the picture: a node (marks before cards), a folded province, or neither.
   * @returns {{node: number|null, province: number|null}}
   */
  at(x, y) {
    const reach = 3 / this.camera.scale;
    const holds = (box) => x >= box[0] - reach && y >= box[1] - reach && x <= box[0] + box[2] + reach && y <= box[1] + box[3] + reach;
    for (const [province, { box }] of this.scene.groups) if (holds(box)) return { node: null, province };
    let node = null;
    for (let index = 0; index < this.graph.nodes.length; index++) {
      const { at } = this.graph.nodes[index];
      if (at && this.state.passing.nodes[index] && holds(at)) node = index;
    }
    return { node, province: null };
  }

  /** The province whose name, that folds it, is at a point of the screen. */
  folderAt(px, py) {
    return this.folders.find(([[left, top, right, bottom]]) => px >= left && px <= right && py >= top && py <= bottom)?.[1] ?? null;
  }
}
