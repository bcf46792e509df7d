import { element, upperFirst } from "./dom.js";
import { edgeIcon, EDGE_STYLE, nodeIcon } from "./style.js";

const AT_FIRST = 12;

/** What stands as the name of a node in lists: a task's whole sentence, anything else's label. */
export function title(node) {
  const { text, section } = node.facts;
  if (node.kind === "Task" && text) return section ? `${section}. ${text}` : text;
  return node.kind === "Target" ? text || node.label : node.facts.name || node.label;
}

/** The side panel: a node's facts, and its edges with the passages that they were read in. */
export class Panel {
  /**
   * @param {HTMLElement} root
   * @param {(index: number) => void} choose
   * @param {() => void} close
   */
  constructor(root, graph, words, choose, close) {
    Object.assign(this, { root, graph, words, choose, close });
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** @param {number} index the node to show */
  show(index) {
    const node = this.graph.nodes[index];
    const close = element("button", { type: "button", class: "close", "aria-label": this.words.ui("close") }, "×");
    close.addEventListener("click", this.close);
    const kind = element("p", { class: "kind" }, this.#icon(node, index), this.#kindOf(node));
    const heading = node.kind === "Task" ? this.#taskHeading(node) : title(node);
    this.root.setAttribute("aria-label", heading);
    this.root.replaceChildren(close, kind, element("h2", {}, heading), ...this.#lead(node), this.#facts(node), ...this.#links(index));
    this.root.hidden = false;
    this.root.scrollTop = 0;
  }

  #icon(node, index) {
    return nodeIcon(node.kind, { hollow: node.facts.status === "cited", focus: index === this.graph.focus });
  }

  #kindOf(node) {
    return node.facts.type ? this.words.value("type", node.facts.type) : this.words.kind(node.kind);
  }

  #taskHeading(node) {
    return [this.words.kind("Task"), node.facts.section].filter(Boolean).join(" ");
  }

  #lead(node) {
    const lead = node.kind === "Document" ? node.facts.title : node.kind === "Task" ? node.facts.text : "";
    const parts = lead && lead !== node.label ? [element("p", { class: "lead" }, lead)] : [];
    if (node.facts.status === "cited") parts.push(element("p", { class: "note" }, this.words.ui("cited_hint")));
    return parts;
  }

  #facts(node) {
    const list = element("dl");
    const said = new Set(["title", "type", "text", "document", "ordinal", "name"]);
    for (const name of Object.keys(this.words.names.properties[node.kind])) {
      if (said.has(name) || node.facts[name] === undefined) continue;
      const value = this.words.value(name, node.facts[name]);
      list.append(element("dt", {}, upperFirst(this.words.property(node.kind, name))), element("dd", {}, value));
    }
    return list;
  }

  /** The edges, grouped by kind and direction. */
  #links(index) {
    const groups = [];
    for (const kind of Object.keys(this.words.names.edges)) {
      for (const [edges, forwards] of [[this.graph.leaving[index], true], [this.graph.reaching[index], false]]) {
        const own = edges.map((i) => this.graph.edges[i]).filter((edge) => edge.kind === kind);
        if (own.length) groups.push(...this.#group(kind, forwards, own));
      }
    }
    return groups;
  }

  #group(kind, forwards, edges) {
    const count = element("span", { class: "count" }, this.words.number(edges.length));
    const icons = EDGE_STYLE[kind] ? [edgeIcon(kind)] : [];
    const phrase = this.words.phrase(kind, forwards);
    const heading = element("h3", {}, ...icons, upperFirst(phrase), count);
    const sorted = edges.map((edge) => [edge, forwards ? edge.to : edge.from]).sort((a, b) => a[1] - b[1]);
    const list = element("ul", {}, ...sorted.slice(0, AT_FIRST).map(([edge, other]) => this.#link(edge, other)));
    if (sorted.length <= AT_FIRST) return [heading, list];
    const more = element("button", { type: "button" }, `${this.words.ui("show_all")} (${this.words.number(sorted.length - AT_FIRST)})`);
    more.addEventListener("click", () => {
      const rest = sorted.slice(AT_FIRST).map(([edge, other]) => this.#link(edge, other));
      more.remove();
      list.append(...rest);
      rest[0].querySelector("button").focus();
    });
    return [heading, list, more];
  }

  #link(edge, other) {
    const node = this.graph.nodes[other];
    const item = element("li", {}, this.#button(other, title(node)));
    for (const [name, value] of Object.entries(edge.facts || {})) {
      const shown = this.words.value(name, value);
      item.append(element("span", { class: "role" }, name === "role" ? shown : `${this.words.property(edge.kind, name)}: ${shown}`));
    }
    if (node.second && node.kind === "Document") item.append(element("div", { class: "second" }, node.facts.issuer || node.second));
    if (edge.quote) item.append(element("blockquote", {}, edge.quote));
    item.append(this.#origin(edge));
    return item;
  }

  /** Where a fact was read: document, section, rule, confidence; or the source of structural data. */
  #origin(edge) {
    const line = element("div", { class: "origin" });
    if (edge.source !== undefined) {
      line.append(`${this.words.property("", "data_source")}: ${edge.source}`);
      return line;
    }
    line.append(typeof edge.doc === "number" ? this.#button(edge.doc, this.graph.nodes[edge.doc].label) : edge.doc);
    for (const name of ["section", "rule", "confidence"]) {
      if (edge[name] !== "") line.append(` · ${this.words.property("", name).toLowerCase()} ${this.words.value(name, edge[name])}`);
    }
    return line;
  }

  #button(index, text) {
    const button = element("button", { type: "button", class: `go ${this.graph.nodes[index].kind}` }, text);
    button.addEventListener("click", () => this.choose(index));
    return button;
  }
}
