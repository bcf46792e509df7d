import { readAddress, writeAddress } from "./address.js";
import { Camera, steer } from "./camera.js";
import { element } from "./dom.js";
import { Graph } from "./graph.js";
import { Legend } from "./legend.js";
import { Painter } from "./painter.js";
import { Panel, title } from "./panel.js";
import { SearchBox } from "./searchbox.js";
import { Words } from "./words.js";

const WIDE = 720;
const READABLE = 0.62;

/** The page: one state (what is chosen, what is hidden, the language), and its parts. */
class View {
  constructor(data) {
    const find = (id) => document.getElementById(id);
    this.canvas = find("picture");
    this.words = new Words(data.names);
    this.graph = new Graph(data);
    this.state = { hidden: new Set(), chosen: null, thread: null };
    this.filtered = false;
    this.painter = new Painter(this.canvas, this.graph, data, this.words);
    this.camera = new Camera(() => this.redraw());
    this.tip = find("tip");
    this.extent = extentOf(data);
    const choose = (index) => this.choose(index);
    this.panel = new Panel(find("panel"), this.graph, this.words, choose, () => this.clear());
    this.legend = new Legend(find("legend"), this.graph, this.words, this.state.hidden, () => this.#filter());
    this.box = new SearchBox(find("search"), find("results"), this.graph, this.words, choose, (text) => this.announce(text));
    this.legendToggle = find("legend-toggle");
    find("empty").hidden = data.nodes.length > 0;
  }

  start() {
    const said = readAddress();
    if (said.off) {
      said.off.forEach((kind) => this.state.hidden.add(kind));
      this.filtered = true;
    }
    this.painter.resize(this.camera);
    this.#toggleLegend(innerWidth >= WIDE + 280);
    this.speak(said.language === "en" ? "en" : "vi");
    this.#listen();
    Object.assign(this.camera, this.#home());
    const index = said.node === null ? undefined : this.graph.byId.get(said.node);
    if (index === undefined) this.redraw();
    else this.choose(index);
  }

  #listen() {
    steer(this.canvas, this.camera, { click: (x, y) => this.#click(x, y), hover: (x, y) => this.#hover(x, y) });
    const on = (id, act) => document.getElementById(id).addEventListener("click", act);
    on("zoom-in", () => this.camera.zoom(1.4));
    on("zoom-out", () => this.camera.zoom(1 / 1.4));
    on("fit", () => this.#showAll());
    on("language", () => this.speak(this.words.language === "vi" ? "en" : "vi"));
    on("legend-toggle", () => this.#toggleLegend(this.legend.root.classList.contains("closed")));
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.state.chosen !== null) this.clear();
      if (event.key === "/" && document.activeElement.tagName !== "INPUT") {
        event.preventDefault();
        this.box.input.focus();
      }
    });
    new ResizeObserver(() => {
      this.painter.resize(this.camera);
      this.redraw();
    }).observe(this.canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.painter.recolour();
      this.redraw();
    });
  }

  /** Draw once in the next frame, however often it is asked. */
  redraw() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.painter.draw(this.camera, this.state);
    });
  }

  announce(text) {
    document.getElementById("status").textContent = text;
  }

  /** Put every word of the page into a language. */
  speak(language) {
    this.words.language = language;
    document.documentElement.lang = language;
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = this.words.ui(element.dataset.word);
    for (const element of document.querySelectorAll("[data-title]")) {
      element.title = this.words.ui(element.dataset.title);
      element.setAttribute("aria-label", element.title);
    }
    document.getElementById("language").lang = language === "vi" ? "en" : "vi";
    this.box.input.placeholder = this.words.ui("search");
    this.box.input.setAttribute("aria-label", this.words.ui("search_label"));
    this.canvas.setAttribute("aria-label", this.words.ui("picture"));
    const focus = this.graph.focus === null ? null : this.graph.nodes[this.graph.focus];
    const heading = focus ? `${this.words.value("type", focus.facts.type || "")} ${focus.label}`.trim() : this.words.ui("heading");
    const subject = focus && focus.facts.title ? [element("small", {}, focus.facts.title)] : [];
    document.getElementById("heading").replaceChildren(heading, ...subject);
    document.title = `${heading} · vanmach`;
    this.legend.render();
    if (this.state.chosen !== null) this.panel.show(this.state.chosen);
    this.#remember();
    this.redraw();
  }

  choose(index) {
    const node = this.graph.nodes[index];
    if (this.state.hidden.delete(node.kind)) {
      this.legend.render();
      this.painter.invalidate();
    }
    this.state.chosen = index;
    this.state.thread = this.graph.thread(index);
    this.panel.show(index);
    this.#hover(-1e6, -1e6);
    this.announce(title(node));
    this.#reveal(node);
    this.#remember();
    this.redraw();
  }

  clear() {
    const hadFocus = this.panel.root.contains(document.activeElement);
    Object.assign(this.state, { chosen: null, thread: null });
    this.panel.hide();
    if (hadFocus) this.canvas.focus();
    this.#remember();
    this.redraw();
  }

  /** The room that panel and strip leave for the picture. */
  #margin() {
    const panel = this.panel.root;
    const wide = innerWidth > WIDE;
    const right = !panel.hidden && wide ? panel.offsetWidth : 0;
    const bottom = !panel.hidden && !wide ? panel.offsetHeight : 0;
    const legend = this.legend.root;
    const open = wide && !legend.classList.contains("closed");
    const left = open ? legend.offsetLeft + legend.offsetWidth : this.painter.strip;
    return { left: left + 14, right: right + 14, top: 30, bottom: bottom + 14 };
  }

  /** Bring a node into sight, if it is not already there at a readable size. */
  #reveal(node) {
    const margin = this.#margin();
    const { camera } = this;
    const [x, y, width, height] = node.box;
    const scale = Math.max(camera.scale, READABLE);
    const [left, top] = [(x - camera.x) * camera.scale, (y - camera.y) * camera.scale];
    const seen = left > margin.left && top > margin.top &&
      left + width * camera.scale < camera.width - margin.right && top + height * camera.scale < camera.height - margin.bottom;
    if (seen && camera.scale >= READABLE) return;
    const centre = [(margin.left + camera.width - margin.right) / 2, (margin.top + camera.height - margin.bottom) / 2];
    camera.go(x + width / 2 - centre[0] / scale, y + Math.min(height, 60) / 2 - centre[1] / scale, scale);
  }

  /** Where the page opens: everything, or on a small screen the focus with what stands near it. */
  #home() {
    const least = innerWidth > WIDE ? 0.02 : 0.62;
    const [x, y, scale] = this.camera.framing(this.extent, least, this.#margin());
    const focus = this.graph.focus === null ? null : this.graph.nodes[this.graph.focus].box;
    if (!focus || innerWidth > WIDE) return { x, y, scale };
    return { x: focus[0] + focus[2] / 2 - this.camera.width / 2 / scale, y, scale };
  }

  #showAll() {
    this.camera.go(...this.camera.framing(this.extent, 0.01, this.#margin()));
  }

  #toggleLegend(open) {
    this.legend.root.classList.toggle("closed", !open);
    this.legendToggle.setAttribute("aria-expanded", String(open));
  }

  #filter() {
    this.filtered = true;
    this.painter.invalidate();
    if (this.state.chosen !== null && this.state.hidden.has(this.graph.nodes[this.state.chosen].kind)) this.clear();
    this.#remember();
    this.redraw();
  }

  #remember() {
    const node = this.state.chosen === null ? null : this.graph.nodes[this.state.chosen].id;
    writeAddress({ node, language: this.words.language, off: this.filtered ? this.state.hidden : null });
  }

  #click(px, py) {
    const index = this.painter.at(...this.camera.point(px, py), this.state.hidden);
    if (index !== null) this.choose(index);
    else if (this.state.chosen !== null) this.clear();
  }

  #hover(px, py) {
    const index = px < this.painter.strip ? null : this.painter.at(...this.camera.point(px, py), this.state.hidden);
    this.canvas.classList.toggle("over", index !== null);
    this.tip.hidden = index === null;
    if (index === null) return;
    const node = this.graph.nodes[index];
    this.tip.textContent = [title(node), node.facts.title].filter(Boolean).join(" — ");
    this.tip.style.left = `${Math.max(0, Math.min(px + 14, this.camera.width - this.tip.offsetWidth - 8))}px`;
    this.tip.style.top = `${Math.max(0, Math.min(py + 18, this.camera.height - this.tip.offsetHeight - 8))}px`;
  }

  #key(event) {
    const arrows = { ArrowUp: [0, 60], ArrowDown: [0, -60], ArrowLeft: [60, 0], ArrowRight: [-60, 0] };
    const acts = { "+": () => this.camera.zoom(1.25), "=": () => this.camera.zoom(1.25), "-": () => this.camera.zoom(0.8), 0: () => this.#showAll() };
    if (arrows[event.key]) this.#arrow(event.key, arrows[event.key]);
    else if (acts[event.key] && !event.ctrlKey && !event.metaKey) acts[event.key]();
    else return;
    event.preventDefault();
  }

  /** With something chosen, arrows walk through the cascade; else they move the picture. */
  #arrow(key, [dx, dy]) {
    const { chosen } = this.state;
    if (chosen === null) this.camera.pan(dx, dy);
    else if (dy) this.choose(this.graph.step(chosen, key === "ArrowUp"));
    else this.choose(this.graph.beside(chosen, key === "ArrowRight" ? 1 : -1));
  }
}

/** The rectangle that holds everything. */
function extentOf(data) {
  const boxes = [...data.nodes, ...data.columns].map((thing) => thing.box);
  if (!boxes.length) return [0, 0, 100, 100];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y, width, height] of boxes) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return [left, top, right - left, bottom - top];
}

new View(JSON.parse(document.getElementById("data").textContent)).start();
