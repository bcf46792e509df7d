import { element, upperFirst } from "./dom.js";
import { roleOf } from "./filter.js";
import { NOT_OBLIGED, STANDINGS } from "./standing.js";

/** The form of the filter: what occurs in the data can be asked for; and which provinces are folded. */
export class FilterBox {
  /**
   * @param {HTMLElement} root
   * @param {{graph: object, words: object, standing: object, scene: object, provinces: object[]}} shown
   * @param {import("./filter.js").Filter} filter changed here
   * @param {{close: () => void, filtered: () => void, fold: (province: number) => void, foldAll: (fold: boolean) => void}} act
   */
  constructor(root, shown, filter, act) {
    Object.assign(this, { root, filter, act }, shown);
    const { nodes, edges } = this.graph;
    const known = (values) => [...new Set(values.filter(Boolean))];
    const levels = known(nodes.map((node) => node.facts.level));
    const standings = new Set(this.standing.all);
    this.choices = {
      level: this.graph.levels.map((name) => name.vi).filter((level) => levels.includes(level)),
      standing: [...STANDINGS, NOT_OBLIGED].filter((standing) => standings.has(standing)),
      type: known(nodes.map((node) => node.kind === "Document" && node.facts.type)).sort(),
      role: known(edges.map(roleOf)),
    };
  }

  render() {
    const close = element("button", { type: "button", class: "close", "aria-label": this.words.ui("close") }, "×");
    close.addEventListener("click", () => this.act.close());
    const clear = element("button", { type: "button" }, this.words.ui("clear_filter"));
    clear.addEventListener("click", () => {
      this.filter.clear();
      this.render();
      this.act.filtered();
    });
    const groups = Object.keys(this.choices).filter((name) => this.choices[name].length).map((name) => this.#choice(name));
    const form = element("form", {}, ...groups, this.#place(), this.#dates(), this.#confidence(), clear);
    form.addEventListener("submit", (event) => event.preventDefault());
    this.root.setAttribute("aria-label", this.words.ui("filter"));
    this.root.replaceChildren(close, element("h2", {}, this.words.ui("filter")), form, ...this.#provinces());
  }

  #choice(name) {
    const boxes = this.choices[name].map((value) => {
      const box = element("input", { type: "checkbox", name, value });
      box.checked = this.filter[name].has(value);
      box.addEventListener("change", () => {
        if (box.checked) this.filter[name].add(value);
        else this.filter[name].delete(value);
        this.act.filtered();
      });
      return element("label", {}, box, upperFirst(this.words.value(name, value)));
    });
    return element("fieldset", {}, element("legend", {}, this.words.ui(name)), ...boxes);
  }

  #field(name, input) {
    input.addEventListener("change", () => {
      this.filter[name] = name === "confidence" ? Number(input.value) : input.value;
      this.act.filtered();
    });
    return element("label", { class: "field" }, upperFirst(this.words.ui(name)), input);
  }

  #place() {
    const select = element("select", { name: "place" }, element("option", { value: "" }, this.words.ui("everywhere")));
    for (const { name, districts } of this.provinces.filter((province) => province.isPlace)) {
      const group = element("optgroup", { label: name.vi });
      for (const place of [name.vi, ...districts.map((district) => district.name.vi)]) group.append(element("option", { value: place }, place));
      select.append(group);
    }
    select.value = this.filter.place;
    return this.#field("place", select);
  }

  #dates() {
    const fields = ["from", "to"].map((name) => {
      const input = element("input", { type: "date", name });
      input.value = this.filter[name];
      return this.#field(name, input);
    });
    return element("fieldset", {}, element("legend", {}, this.words.ui("issued")), ...fields);
  }

  #confidence() {
    const input = element("input", { type: "range", name: "confidence", min: "0", max: "1", step: "0.05" });
    input.value = String(this.filter.confidence);
    const said = element("output", {}, this.words.number(this.filter.confidence));
    input.addEventListener("input", () => {
      said.textContent = this.words.number(Number(input.value));
    });
    const field = this.#field("confidence", input);
    field.append(said);
    return field;
  }

  #provinces() {
    if (!this.provinces.length) return [];
    const buttons = this.provinces.map(({ name }, province) => {
      const open = !this.scene.folded.has(province);
      const button = element("button", { type: "button", "aria-expanded": String(open), "data-province": String(province) });
      button.append(`${open ? "−" : "+"} ${upperFirst(this.words.pick(name))}`);
      button.addEventListener("click", () => {
        this.act.fold(province);
        this.root.querySelector(`[data-province="${province}"]`).focus();
      });
      return element("li", {}, button);
    });
    const all = [true, false].map((fold) => {
      const button = element("button", { type: "button" }, this.words.ui(fold ? "fold_all" : "unfold_all"));
      button.addEventListener("click", () => this.act.foldAll(fold));
      return button;
    });
    return [element("h2", {}, this.words.ui("provinces")), element("div", { class: "choice" }, ...all), element("ul", {}, ...buttons)];
  }
}
