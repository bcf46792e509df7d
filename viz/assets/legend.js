import { element, upperFirst } from "./dom.js";
import { STANDINGS } from "./standing.js";
import { edgeIcon, EDGE_STYLE, nodeIcon, standingIcon } from "./style.js";

/** The legend: each kind that occurs, with its shape or line; a click hides or shows it. */
export class Legend {
  /**
   * @param {HTMLElement} root
   * @param {{graph: object, words: object, standing: object}} shown
   * @param {Set<string>} hidden kinds that are switched off; changed here
   * @param {() => void} changed
   */
  constructor(root, shown, hidden, changed) {
    Object.assign(this, { root, hidden, changed }, shown);
    this.counts = this.graph.counts();
  }

  render() {
    const nodes = Object.keys(this.words.names.nodes).filter((kind) => this.counts.has(kind));
    const edges = Object.keys(EDGE_STYLE).filter((kind) => this.counts.has(kind));
    const focus = this.graph.focus === null ? [] : [this.#key(nodeIcon("Document", { focus: true }), this.words.ui("focus"))];
    const nodeList = element("ul", {}, ...nodes.map((kind) => this.#entry(kind, nodeIcon(kind))), ...focus);
    const parts = [element("h2", {}, this.words.ui("nodes")), nodeList];
    if (edges.length) {
      const edgeList = element("ul", {}, ...edges.map((kind) => this.#entry(kind, edgeIcon(kind))));
      parts.push(element("h2", {}, this.words.ui("edges")), edgeList);
    }
    this.root.setAttribute("aria-label", `${this.words.ui("legend")}. ${this.words.ui("legend_hint")}`);
    this.root.replaceChildren(...parts, ...this.#standings());
  }

  /** What the signs on cards mean, with how many units stand so. */
  #standings() {
    const counts = new Map();
    this.graph.nodes.forEach((node, index) => {
      const standing = this.standing.of(index);
      if (node.kind === "Agency" && standing) counts.set(standing, (counts.get(standing) || 0) + 1);
    });
    const keys = STANDINGS.filter((standing) => counts.has(standing)).map((standing) => {
      const count = element("span", { class: "count" }, this.words.number(counts.get(standing)));
      return this.#key(standingIcon(standing), this.words.value("standing", standing), count);
    });
    return keys.length ? [element("h2", {}, this.words.ui("standing")), element("ul", {}, ...keys)] : [];
  }

  #key(icon, name, ...count) {
    return element("li", { class: "key" }, icon, upperFirst(name), ...count);
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
