import { element, upperFirst } from "./dom.js";
import { edgeIcon, EDGE_STYLE, nodeIcon } from "./style.js";

/** The legend: each kind that occurs, with its shape or line; a click hides or shows it. */
export class Legend {
  /**
   * @param {HTMLElement} root
   * @param {Set<string>} hidden kinds that are switched off; changed here
   * @param {() => void} changed
   */
  constructor(root, graph, words, hidden, changed) {
    Object.assign(this, { root, graph, words, hidden, changed });
    this.counts = graph.counts();
  }

  render() {
    const nodes = Object.keys(this.words.names.nodes).filter((kind) => this.counts.has(kind));
    const edges = Object.keys(EDGE_STYLE).filter((kind) => this.counts.has(kind));
    const keys = [];
    if (this.graph.focus !== null) keys.push(this.#key(nodeIcon("Document", { focus: true }), "focus"));
    if (this.graph.nodes.some((node) => node.facts.status === "cited")) {
      keys.push(this.#key(nodeIcon("Document", { hollow: true }), "cited_only"));
    }
    const nodeList = element("ul", {}, ...nodes.map((kind) => this.#entry(kind, nodeIcon(kind))), ...keys);
    const parts = [element("h2", {}, this.words.ui("nodes")), nodeList];
    if (edges.length) {
      const edgeList = element("ul", {}, ...edges.map((kind) => this.#entry(kind, edgeIcon(kind))));
      parts.push(element("h2", {}, this.words.ui("edges")), edgeList);
    }
    this.root.setAttribute("aria-label", `${this.words.ui("legend")}. ${this.words.ui("legend_hint")}`);
    this.root.replaceChildren(...parts);
  }

  #key(icon, word) {
    return element("li", { class: "key" }, icon, this.words.ui(word));
  }

  #entry(kind, icon) {
    const name = this.words.kind(kind);
    const count = element("span", { class: "count" }, this.words.number(this.counts.get(kind)));
    const button = element("button", { type: "button", "data-kind": kind }, icon, upperFirst(name), count);
    button.title = this.words.ui("legend_hint");
    button.setAttribute("aria-pressed", String(!this.hidden.has(kind)));
    button.addEventListener("click", () => {
      if (!this.hidden.delete(kind)) this.hidden.add(kind);
      button.setAttribute("aria-pressed", String(!this.hidden.has(kind)));
      this.changed();
    });
    return element("li", {}, button);
  }
}
