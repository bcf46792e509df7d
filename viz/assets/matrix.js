import { element, upperFirst } from "./dom.js";
import { countStandings, STANDING_LOOK, STANDINGS, worst } from "./standing.js";

const AT_FIRST = 200;

/**
 * The duties to issue a plan as a table: a row for each province or agency, a column for each directive at the top
 * (of provinces: and each level).
 * @param {import("./graph.js").Graph} graph
 * @param {object[]} duties those to count
 * @param {"province"|"agency"} by
 * @returns {{columns: {top: number, level: string|null}[], rows: {key: any, cells: object[][]}[]}}
 *   a cell is the duties that it counts
 */
export function matrixOf(graph, duties, by) {
  const columns = new Map();
  const rows = new Map();
  for (const duty of duties) {
    const agency = graph.nodes[duty.agency];
    const level = by === "province" ? agency.facts.level || "" : null;
    const key = by === "province" ? agency.province : duty.agency;
    if (!rows.has(key)) rows.set(key, new Map());
    for (const top of graph.tops(duty.document)) {
      const column = `${top} ${level}`;
      columns.set(column, { top, level });
      if (!rows.get(key).has(column)) rows.get(key).set(column, []);
      rows.get(key).get(column).push(duty);
    }
  }
  const rank = (level) => graph.levels.findIndex((name) => name.vi === level);
  const sorted = [...columns].sort(([, a], [, b]) => a.top - b.top || rank(a.level) - rank(b.level));
  const list = [...rows].map(([key, cells]) => ({ key, cells: sorted.map(([column]) => cells.get(column) || []) }));
  return { columns: sorted.map(([, column]) => column), rows: list.sort((a, b) => a.key - b.key) };
}

/** The page of the matrix. */
export class Matrix {
  /**
   * @param {HTMLElement} root
   * @param {{graph: object, words: object, provinces: object[]}} shown
   * @param {{choose: (index: number) => void, by: (by: string) => void}} act
   */
  constructor(root, shown, act) {
    Object.assign(this, { root, act, by: "province" }, shown);
  }

  /** @param {object[]} duties those that pass the filter */
  render(duties) {
    const { words } = this;
    const heading = element("h2", {}, words.ui("matrix"));
    const hint = element("p", { class: "hint" }, words.ui("matrix_hint"));
    if (!duties.length) {
      this.root.replaceChildren(heading, element("p", {}, words.ui("no_duties")));
      return;
    }
    this.root.replaceChildren(heading, hint, this.#choice(), this.#table(matrixOf(this.graph, duties, this.by)));
  }

  #choice() {
    const buttons = ["province", "agency"].map((by) => {
      const button = element("button", { type: "button", "aria-pressed": String(this.by === by) }, this.words.ui(`by_${by}`));
      button.addEventListener("click", () => this.act.by(by));
      return button;
    });
    return element("div", { class: "choice" }, ...buttons);
  }

  #table({ columns, rows }) {
    const head = columns.map(({ top, level }) => {
      const button = element("button", { type: "button", class: "go Document" }, this.graph.nodes[top].label);
      button.addEventListener("click", () => this.act.choose(top));
      const small = level === null ? [] : [element("small", {}, this.words.value("level", level))];
      return element("th", { scope: "col" }, button, ...small);
    });
    const corner = element("th", { scope: "col" }, upperFirst(this.words.ui(`by_${this.by}`)));
    const body = element("tbody", {}, ...rows.slice(0, AT_FIRST).map((row) => this.#row(row)));
    const table = element("table", { class: "matrix" }, element("thead", {}, element("tr", {}, corner, ...head)), body);
    const parts = [element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": this.words.ui("matrix") }, table)];
    if (rows.length > AT_FIRST) {
      const more = element("button", { type: "button" }, `${this.words.ui("show_all")} (${this.words.number(rows.length - AT_FIRST)})`);
      more.addEventListener("click", () => {
        more.remove();
        body.append(...rows.slice(AT_FIRST).map((row) => this.#row(row)));
      });
      parts.push(more);
    }
    return element("div", {}, ...parts);
  }

  #row({ key, cells }) {
    const head = element("th", { scope: "row" });
    if (this.by === "province") head.append(key < 0 ? this.words.ui("whole_country") : this.words.pick(this.provinces[key].name));
    else {
      const button = element("button", { type: "button", class: "go Agency" }, this.graph.nodes[key].facts.name);
      button.addEventListener("click", () => this.act.choose(key));
      head.append(button);
    }
    return element("tr", {}, head, ...cells.map((duties) => (this.by === "province" ? this.#sums(duties) : this.#standing(duties))));
  }

  /** How many units stand how; the cell's colour is that of the worst. */
  #sums(duties) {
    const counts = countStandings(worstOfEach(duties));
    if (!counts.size) return element("td");
    const cell = element("td", { class: `standing ${STANDING_LOOK[worst([...counts.keys()])].colour}` });
    for (const standing of STANDINGS) {
      if (!counts.has(standing)) continue;
      const { colour, sign } = STANDING_LOOK[standing];
      const name = this.words.value("standing", standing);
      const sum = element("span", { class: `sum ${colour}`, title: name }, `${sign} ${this.words.number(counts.get(standing))}`);
      sum.append(element("span", { class: "unseen" }, ` ${name} `));
      cell.append(sum);
    }
    return cell;
  }

  #standing(duties) {
    if (!duties.length) return element("td");
    const standing = worst(duties.map((duty) => duty.status));
    const { colour, sign } = STANDING_LOOK[standing];
    const duty = duties.find(({ status }) => status === standing);
    const button = element("button", { type: "button", class: `sum ${colour}` }, `${sign} ${this.words.value("standing", standing)}`);
    button.addEventListener("click", () => this.act.choose(duty.plan ?? duty.ghost));
    return element("td", { class: `standing ${colour}` }, button);
  }
}

/** One duty for each unit: its worst. */
function worstOfEach(duties) {
  const of = new Map();
  for (const duty of duties) {
    const other = of.get(duty.agency);
    if (!other || STANDINGS.indexOf(duty.status) < STANDINGS.indexOf(other.status)) of.set(duty.agency, duty);
  }
  return [...of.values()];
}
