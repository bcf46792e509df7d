import { element, upperFirst } from "./dom.js";
import { roleOf } from "./filter.js";
import { kindOf } from "./graph.js";
import { STANDING_LOOK, STANDINGS } from "./standing.js";
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
   * @param {{graph: object, words: object, standing: object}} shown
   * @param {(index: number) => void} choose
   * @param {() => void} close
   */
  constructor(root, shown, choose, close) {
    Object.assign(this, { root, choose, close }, shown);
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
    this.root.replaceChildren(close, kind, element("h2", {}, heading), ...this.#lead(node, index), this.#facts(node), ...this.#duties(index), ...this.#links(index));
    this.root.hidden = false;
    this.root.scrollTop = 0;
  }

  #icon(node, index) {
    return nodeIcon(kindOf(node), { focus: index === this.graph.focus });
  }

  #kindOf(node) {
    return node.facts.type ? this.words.value("type", node.facts.type) : this.words.kind(node.kind);
  }

  #taskHeading(node) {
    return [this.words.kind("Task"), node.facts.section].filter(Boolean).join(" ");
  }

  #lead(node, index) {
    const lead = node.kind === "Document" ? node.facts.title : node.kind === "Task" ? node.facts.text : "";
    const parts = lead && lead !== node.label ? [element("p", { class: "lead" }, lead)] : [];
    if (node.facts.status === "cited") parts.push(element("p", { class: "note" }, this.words.ui("cited_hint")));
    const standing = this.standing.of(index);
    if (standing) parts.push(element("p", { class: "stands" }, this.#chip(standing)));
    if (standing === "không rõ") parts.push(element("p", { class: "note" }, this.words.ui("unknown_hint")));
    return parts;
  }

  #facts(node) {
    const list = element("dl");
    if (node.kind === "Ghost") return list;
    const said = new Set(["title", "type", "text", "document", "ordinal", "name"]);
    for (const name of Object.keys(this.words.names.properties[node.kind])) {
      if (said.has(name) || node.facts[name] === undefined) continue;
      const value = this.words.value(name, node.facts[name]);
      list.append(element("dt", {}, upperFirst(this.words.property(node.kind, name))), element("dd", {}, value));
    }
    return list;
  }

  #chip(standing) {
    const { colour, sign } = STANDING_LOOK[standing];
    return element("span", { class: `sum ${colour}` }, `${sign} ${this.words.value("standing", standing)}`.trim());
  }

  /** Who had to issue a plan because of this node, or what plan it had to issue; the worst first. */
  #duties(index) {
    const own = [...(this.standing.duties.get(index) || [])];
    if (!own.length) return [];
    own.sort((a, b) => STANDINGS.indexOf(a.status) - STANDINGS.indexOf(b.status) || a.agency - b.agency);
    const count = element("span", { class: "count" }, this.words.number(own.length));
    const heading = element("h3", {}, upperFirst(this.words.ui("duties")), count);
    return [heading, ...this.#list(own, (duty) => this.#duty(duty, index))];
  }

  #duty(duty, index) {
    const item = element("li");
    const ends = [duty.agency, duty.plan, duty.document].filter((end) => end !== undefined && end !== index);
    ends.forEach((end, at) => item.append(...(at ? [" · "] : []), this.#button(end, title(this.graph.nodes[end]))));
    item.append(" ", this.#chip(duty.status));
    const dates = [];
    if (duty.deadline) dates.push(`${this.words.property("Task", "deadline")}: ${this.words.date(duty.deadline)}`);
    if (duty.plan !== undefined) dates.push(`${this.words.ui("issued")}: ${this.words.value("issued_on", this.graph.nodes[duty.plan].facts.issued_on || "?")}`);
    if (duty.via) dates.push(`${this.words.ui("via")} ${duty.via}`);
    if (dates.length) item.append(element("div", { class: "second" }, dates.join(" · ")));
    if (duty.quote) item.append(element("blockquote", {}, duty.quote), this.#origin(duty));
    return item;
  }

  /** A list whose long tail comes at a click. */
  #list(things, show) {
    const list = element("ul", {}, ...things.slice(0, AT_FIRST).map(show));
    if (things.length <= AT_FIRST) return [list];
    const more = element("button", { type: "button" }, `${this.words.ui("show_all")} (${this.words.number(things.length - AT_FIRST)})`);
    more.addEventListener("click", () => {
      const rest = things.slice(AT_FIRST).map(show);
      more.remove();
      list.append(...rest);
      rest[0].querySelector("button").focus();
    });
    return [list, more];
  }

  /** The edges, grouped by kind and direction; what is missing stands among the duties. */
  #links(index) {
    const groups = [];
    for (const kind of Object.keys(this.words.names.edges).filter((name) => name !== "THIEU")) {
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
    return [heading, ...this.#list(sorted, ([edge, other]) => this.#link(edge, other))];
  }

  #link(edge, other) {
    const node = this.graph.nodes[other];
    const item = element("li", {}, this.#button(other, title(node)));
    for (const [name, value] of Object.entries(edge.facts || {})) {
      const shown = this.words.value(name, value);
      item.append(element("span", { class: "role" }, name === "role" ? shown : `${this.words.property(edge.kind, name)}: ${shown}`));
    }
    if (node.second && node.kind === "Document") item.append(element("div", { class: "second" }, node.facts.issuer || node.second));
    if (node.kind === "Task") item.append(...this.#taskChips(node, other));
    if (edge.quote) item.append(element("blockquote", {}, edge.quote));
    item.append(this.#origin(edge));
    return item;
  }

  /** A task's deadline, and who does it. */
  #taskChips(node, index) {
    const chips = [];
    if (node.facts.deadline) chips.push(element("span", { class: "role" }, `${this.words.property("Task", "deadline")}: ${this.words.date(node.facts.deadline)}`));
    for (const i of this.graph.leaving[index]) {
      const edge = this.graph.edges[i];
      if (!roleOf(edge)) continue;
      chips.push(element("div", { class: "second" }, `${upperFirst(this.words.value("role", roleOf(edge)))}: ${title(this.graph.nodes[edge.to])}`));
    }
    return chips;
  }

  /** Where a fact was read: document, section, rule, confidence; or the source of structural data. */
  #origin(edge) {
    const line = element("div", { class: "origin" });
    if (edge.source !== undefined) {
      line.append(`${this.words.property("", "data_source")}: ${edge.source}`);
      return line;
    }
    line.append(edge.doc === undefined ? edge.read_in : this.#button(edge.doc, this.graph.nodes[edge.doc].label));
    for (const name of ["section", "rule", "confidence"]) {
      if (edge[name] !== undefined) line.append(` · ${this.words.property("", name).toLowerCase()} ${this.words.value(name, edge[name])}`);
    }
    return line;
  }

  #button(index, text) {
    const button = element("button", { type: "button", class: `go ${this.graph.nodes[index].kind}` }, text);
    button.addEventListener("click", () => this.choose(index));
    return button;
  }
}
