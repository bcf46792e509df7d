import { readAddress, writeAddress } from "./address.js";
import { Camera, steer } from "./camera.js";
import { element } from "./dom.js";
import { Filter } from "./filter.js";
import { FilterBox } from "./filterbox.js";
import { Graph, kindOf } from "./graph.js";
import { followKeys } from "./keys.js";
import { Legend } from "./legend.js";
import { Matrix } from "./matrix.js";
import { Painter } from "./painter.js";
import { Panel, title } from "./panel.js";
import { asPng, asSvg, download, printPicture } from "./save.js";
import { Scene } from "./scene.js";
import { SearchBox } from "./searchbox.js";
import { Sight, WIDE } from "./sight.js";
import { Standing } from "./standing.js";
import { Theme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { unpack } from "./unpack.js";
import { Words } from "./words.js";

const VIEWS = ["diagram", "matrix", "timeline"];
const NOWHERE = -1e6;

const find = (id) => document.getElementById(id);

/** The page: one state (what is chosen, hidden, filtered, folded, the view, the language), and its parts. */
class View {
  constructor(data) {
    this.canvas = find("picture");
    this.words = new Words(data.names);
    this.graph = new Graph(data);
    this.standing = new Standing(this.graph);
    this.scene = new Scene(this.graph, data);
    this.filter = new Filter();
    this.state = { hidden: new Set(), passing: null, chosen: null, thread: null };
    this.view = "diagram";
    this.provinces = data.provinces;
    const { graph, words, standing, scene, provinces } = this;
    this.shown = { graph, words, standing, scene, provinces };
    this.#parts();
    this.tip = find("tip");
    find("empty").hidden = data.nodes.length > 0;
  }

  #parts() {
    const { shown } = this;
    const choose = (index) => this.choose(index);
    this.painter = new Painter(this.canvas.getContext("2d"), shown);
    this.camera = new Camera(() => this.redraw());
    this.theme = new Theme(find("theme"), shown.words, { repaint: () => this.#repaint(), switched: () => this.#remember() });
    this.panel = new Panel(find("panel"), shown, choose, () => this.clear());
    this.legend = new Legend(find("legend"), shown, this.state.hidden, () => this.#kindsChanged());
    this.filterBox = new FilterBox(find("filter"), shown, this.filter, {
      close: () => this.#toggleFilter(false),
      filtered: () => this.#filtered(),
      fold: (province) => this.fold(province),
      foldAll: (fold) => this.#foldTo(fold ? new Set(this.provinces.keys()) : new Set()),
    });
    this.matrix = new Matrix(find("matrix"), shown, { choose, by: (by) => this.#show("matrix", by) });
    this.timeline = new Timeline(find("timeline"), shown, choose);
    const beside = { panel: this.panel.root, filter: this.filterBox.root, legend: this.legend.root };
    this.sight = new Sight(this.camera, this.painter, shown, beside);
    this.box = new SearchBox(find("search"), find("results"), this.graph, this.words, choose, (text) => this.announce(text));
    printPicture(find("print-picture"), shown, () => ({ ...this.state, chosen: null, thread: null }));
  }

  start() {
    this.resize();
    this.#toggleLegend(innerWidth >= WIDE + 280);
    this.#listen();
    this.read();
  }

  /** Show what the address says. */
  read() {
    const said = readAddress();
    this.state.hidden.clear();
    this.filteredKinds = said.off !== null;
    for (const kind of said.off || []) this.state.hidden.add(kind);
    this.filter.read(said.filter || "");
    this.scene.folded = said.open === null ? this.scene.initial() : this.#allBut(said.open);
    this.theme.read(said.theme);
    this.view = VIEWS.includes(said.view) ? said.view : "diagram";
    this.matrix.by = said.by === "agency" ? "agency" : "province";
    Object.assign(this.state, { chosen: null, thread: null });
    this.panel.hide();
    this.words.language = said.lang === "en" ? "en" : "vi";
    this.#pass();
    this.#arrange();
    this.#say();
    Object.assign(this.camera, this.sight.home());
    const index = said.node === null ? undefined : this.graph.byId.get(said.node);
    if (index === undefined) this.#remember();
    else this.choose(index);
    this.#show(this.view);
  }

  #allBut(names) {
    return new Set([...this.provinces.keys()].filter((province) => !names.includes(this.provinces[province].name.vi)));
  }

  #listen() {
    steer(this.canvas, this.camera, { click: (x, y) => this.#click(x, y), hover: (x, y) => this.#hover(x, y) });
    const on = (id, act) => find(id).addEventListener("click", act);
    on("zoom-in", () => this.camera.zoom(1.4));
    on("zoom-out", () => this.camera.zoom(1 / 1.4));
    on("fit", () => this.sight.showAll());
    on("language", () => this.speak(this.words.language === "vi" ? "en" : "vi"));
    on("legend-toggle", () => this.#toggleLegend(this.legend.root.classList.contains("closed")));
    on("filter-toggle", () => this.#toggleFilter(this.filterBox.root.hidden));
    on("save-png", () => this.#save("png"));
    on("save-svg", () => this.#save("svg"));
    on("print", () => print());
    for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => this.#show(button.dataset.view));
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.box.input.focus();
    });
    followKeys(this.canvas, this.camera, {
      showAll: () => this.sight.showAll(),
      chosen: () => this.state.chosen,
      walk: (chosen, key) => this.#walk(chosen, key),
    });
    document.addEventListener("keydown", (event) => this.#shortcut(event));
    addEventListener("hashchange", () => this.read());
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    for (const id of ["panel", "filter"]) {
      const sided = () => document.querySelector("main").classList.toggle(`with-${id}`, !find(id).hidden);
      new MutationObserver(sided).observe(find(id), { attributeFilter: ["hidden"] });
    }
  }

  #shortcut(event) {
    if (event.key === "Escape") {
      if (find("save").open) find("save").open = false;
      else if (this.state.chosen !== null) this.clear();
      else if (!this.filterBox.root.hidden) this.#toggleFilter(false);
    }
    const isTyping = ["INPUT", "SELECT", "TEXTAREA"].includes(document.activeElement.tagName);
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      this.box.input.focus();
    }
  }

  resize() {
    if (!this.canvas.clientWidth) return;
    const ratio = devicePixelRatio || 1;
    this.camera.width = this.canvas.clientWidth;
    this.camera.height = this.canvas.clientHeight;
    this.canvas.width = Math.round(this.camera.width * ratio);
    this.canvas.height = Math.round(this.camera.height * ratio);
    this.painter.ratio = ratio;
    this.redraw();
  }

  /** Draw once in the next frame, however often it is asked. */
  redraw() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      if (this.view === "diagram") this.painter.draw(this.camera, this.state);
    });
  }

  announce(text) {
    find("status").textContent = text;
  }

  /** What passes legend and filter; and provinces of which nothing is asked for are left out. */
  #pass() {
    this.state.passing = this.filter.apply(this.graph, this.standing, this.state.hidden);
    this.scene.absent = new Set();
    if (!this.filter.place) return;
    const passing = new Set();
    this.graph.nodes.forEach((node, index) => this.state.passing.nodes[index] && passing.add(node.province));
    for (const province of this.provinces.keys()) if (!passing.has(province)) this.scene.absent.add(province);
  }

  #arrange() {
    this.scene.arrange();
    this.painter.invalidate();
  }

  /** Put every word of the page into a language. */
  speak(language) {
    this.words.language = language;
    this.#say();
    this.#render();
    this.#remember();
    this.redraw();
  }

  #say() {
    const { words } = this;
    document.documentElement.lang = words.language;
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = words.ui(element.dataset.word);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", words.ui(element.dataset.label));
    for (const element of document.querySelectorAll("[data-title]")) {
      element.title = words.ui(element.dataset.title);
      element.setAttribute("aria-label", element.title);
    }
    this.theme.say();
    find("language").lang = words.language === "vi" ? "en" : "vi";
    this.box.input.placeholder = words.ui("search");
    this.box.input.setAttribute("aria-label", words.ui("search_label"));
    this.canvas.setAttribute("aria-label", words.ui("picture"));
    const focus = this.graph.focus === null ? null : this.graph.nodes[this.graph.focus];
    const heading = focus ? `${words.value("type", focus.facts.type || "")} ${focus.label}`.trim() : words.ui("heading");
    const subject = focus && focus.facts.title ? [element("small", {}, focus.facts.title)] : [];
    find("heading").replaceChildren(heading, ...subject);
    document.title = `${heading} · vanmach`;
    this.legend.render();
    this.filterBox.render();
    if (this.state.chosen !== null) this.panel.show(this.state.chosen);
  }

  #repaint() {
    this.painter.recolour();
    this.redraw();
  }

  choose(index) {
    const node = this.graph.nodes[index];
    if (this.state.hidden.delete(kindOf(node))) {
      this.#kindsChanged();
      this.legend.render();
    }
    if (!node.at && this.scene.folded.has(node.province)) this.fold(node.province);
    this.state.chosen = index;
    this.state.thread = this.graph.thread(index);
    this.panel.show(index);
    this.#hover(NOWHERE, NOWHERE);
    this.announce(title(node));
    if (node.at) this.sight.reveal(node);
    this.#remember();
    this.redraw();
  }

  clear() {
    const hadFocus = this.panel.root.contains(document.activeElement);
    Object.assign(this.state, { chosen: null, thread: null });
    this.panel.hide();
    if (hadFocus) (this.view === "diagram" ? this.canvas : find(this.view)).focus();
    this.#remember();
    this.redraw();
  }

  /** Fold a province into one card, or unfold it. */
  fold(province) {
    const { folded } = this.scene;
    if (!folded.delete(province)) folded.add(province);
    const name = this.words.pick(this.provinces[province].name);
    this.#foldTo(folded);
    this.announce(`${name}: ${this.words.ui(folded.has(province) ? "folded" : "unfolded")}`);
  }

  #foldTo(folded) {
    this.scene.folded = folded;
    this.#arrange();
    this.filterBox.render();
    this.sight.showAll();
    this.#remember();
    this.redraw();
  }

  #toggleLegend(open) {
    this.legend.root.classList.toggle("closed", !open);
    find("legend-toggle").setAttribute("aria-expanded", String(open));
  }

  #toggleFilter(open) {
    const hadFocus = this.filterBox.root.contains(document.activeElement);
    this.filterBox.root.hidden = !open;
    find("filter-toggle").setAttribute("aria-expanded", String(open));
    if (open) this.filterBox.root.focus();
    else if (hadFocus) find("filter-toggle").focus();
  }

  #kindsChanged() {
    this.filteredKinds = true;
    this.#pass();
    this.painter.invalidate();
    if (this.state.chosen !== null && this.state.hidden.has(kindOf(this.graph.nodes[this.state.chosen]))) this.clear();
    this.#remember();
    this.redraw();
  }

  #filtered() {
    this.#pass();
    this.#arrange();
    if (this.filter.place) this.sight.showAll();
    this.#render();
    const passing = this.state.passing.nodes.reduce((sum, one) => sum + one, 0);
    this.announce(`${this.words.number(passing)} ${this.words.ui("results")}`);
    this.#remember();
    this.redraw();
  }

  /** Change between diagram, matrix and timeline. */
  #show(view, by = this.matrix.by) {
    this.view = view;
    this.matrix.by = by;
    for (const name of VIEWS) find(name).hidden = name !== view;
    for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    document.querySelector("main").classList.toggle("drawn", view === "diagram");
    this.#render();
    this.resize();
    this.#remember();
  }

  #render() {
    const passes = (index) => this.state.passing.nodes[index] === 1;
    const isEmpty = this.filter.isEmpty && !this.state.hidden.size;
    // a unit passes when it does itself, or its plan or missing plan
    const duties = this.graph.duties.filter((duty) => isEmpty || passes(duty.agency) || passes(duty.plan ?? duty.ghost));
    if (this.view === "matrix") this.matrix.render(duties);
    if (this.view === "timeline") this.timeline.render(passes);
  }

  #remember() {
    const open = this.scene.isInitial() ? null : this.provinces.filter((_, p) => !this.scene.folded.has(p)).map(({ name }) => name.vi);
    writeAddress({
      node: this.state.chosen === null ? null : this.graph.nodes[this.state.chosen].id,
      lang: this.words.language === "vi" ? null : this.words.language,
      theme: this.theme.said,
      view: this.view === "diagram" ? null : this.view,
      by: this.view === "matrix" && this.matrix.by === "agency" ? "agency" : null,
      filter: this.filter.toString(),
      off: this.filteredKinds ? [...this.state.hidden] : null,
      open,
    });
  }

  async #save(format) {
    find("save").open = false;
    const name = `vanmach-${this.graph.focus === null ? "" : this.graph.nodes[this.graph.focus].id}`.replace(/[^\w-]+|-$/g, "");
    const state = { ...this.state };
    const blob = format === "png" ? await asPng(this.shown, state) : new Blob([asSvg(this.shown, state)], { type: "image/svg+xml" });
    download(blob, `${name}.${format}`);
  }

  #click(px, py) {
    const folder = this.painter.folderAt(px, py);
    if (folder !== null) {
      this.fold(folder);
      return;
    }
    const { node, province } = this.painter.at(...this.camera.point(px, py));
    if (province !== null) this.fold(province);
    else if (node !== null) this.choose(node);
    else if (this.state.chosen !== null) this.clear();
  }

  #hover(px, py) {
    const inStrip = px < this.painter.strip;
    const folder = inStrip ? null : this.painter.folderAt(px, py);
    const isOff = inStrip || folder !== null || px === NOWHERE;
    const { node, province } = isOff ? { node: null, province: null } : this.painter.at(...this.camera.point(px, py));
    this.canvas.classList.toggle("over", node !== null || province !== null || folder !== null);
    this.tip.hidden = node === null;
    if (node === null) return;
    const { facts } = this.graph.nodes[node];
    this.tip.textContent = [title(this.graph.nodes[node]), facts.title].filter(Boolean).join(" — ");
    this.tip.style.left = `${Math.max(0, Math.min(px + 14, this.camera.width - this.tip.offsetWidth - 8))}px`;
    this.tip.style.top = `${Math.max(0, Math.min(py + 18, this.camera.height - this.tip.offsetHeight - 8))}px`;
  }

  /** To the next node up, down or beside. */
  #walk(chosen, key) {
    const isSideways = key === "ArrowLeft" || key === "ArrowRight";
    this.choose(isSideways ? this.graph.beside(chosen, key === "ArrowRight" ? 1 : -1) : this.graph.step(chosen, key === "ArrowUp"));
  }
}

/** Unpack the data and open the page; say so where the browser cannot. */
async function open() {
  try {
    const view = new View(await unpack(find("data").textContent));
    view.start();
    // opening the page should not wait for the words of the search
    setTimeout(() => view.box.search.prepare(), 200);
  } catch (error) {
    if (typeof DecompressionStream === "function") throw error;
    document.querySelector("main").replaceChildren("Trình duyệt này quá cũ để mở trang. This browser is too old for this page.");
  }
  document.documentElement.dataset.ready = "yes";
}

open();
