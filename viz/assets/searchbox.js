import { element } from "./dom.js";
import { kindOf } from "./graph.js";
import { title } from "./panel.js";
import { Search } from "./search.js";
import { nodeIcon } from "./style.js";

/** The search field with its list of results: type, arrows, Enter, Esc. */
export class SearchBox {
  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} list
   * @param {(index: number) => void} choose
   * @param {(text: string) => void} announce
   */
  constructor(input, list, graph, words, choose, announce) {
    Object.assign(this, { input, list, graph, words, choose, announce });
    this.found = [];
    this.active = -1;
    this.search = new Search(graph.nodes);
    input.addEventListener("input", () => this.#update());
    input.addEventListener("focus", () => this.#update());
    input.addEventListener("blur", () => this.#close());
    input.addEventListener("keydown", (event) => this.#key(event));
  }

  #update() {
    this.found = this.search.find(this.input.value);
    this.active = this.found.length ? 0 : -1;
    const items = this.found.map((index, at) => this.#option(index, at));
    if (!items.length) items.push(element("li", { class: "none", role: "option", "aria-disabled": "true" }, this.words.ui("no_results")));
    this.list.replaceChildren(...items);
    const open = this.input.value.trim() !== "";
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (open) this.announce(`${this.found.length} ${this.words.ui("results")}`);
    this.#mark();
  }

  #option(index, at) {
    const node = this.graph.nodes[index];
    const { title: subject, issuer, place } = node.facts;
    const about = node.kind === "Document" ? [subject, issuer].filter(Boolean).join(" — ") : place || this.#documentOf(index);
    const icon = nodeIcon(kindOf(node), { focus: index === this.graph.focus });
    const option = element("li", { role: "option", id: `result-${at}` }, icon, element("strong", {}, title(node)), element("small", {}, about));
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#take(at);
    });
    return option;
  }

  #documentOf(index) {
    const owner = this.graph.owner.get(index);
    return owner === undefined ? "" : this.graph.nodes[owner].label;
  }

  #mark() {
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.active)));
    if (this.active < 0) this.input.removeAttribute("aria-activedescendant");
    else {
      this.input.setAttribute("aria-activedescendant", `result-${this.active}`);
      this.list.children[this.active].scrollIntoView({ block: "nearest" });
    }
  }

  #key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.found.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.#mark();
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) this.#take(this.active);
    else if (event.key === "Escape" && !this.list.hidden) {
      this.#close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  #take(at) {
    const index = this.found[at];
    this.#close();
    this.choose(index);
  }

  #close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
