import { element, svgElement, upperFirst } from "./dom.js";
import { STANDING_LOOK, STANDINGS } from "./standing.js";

const AT_FIRST = 100;
const [WIDTH, ROW, LEFT, BARS, AXIS] = [1000, 96, 96, 50, 30];
const DAY = 86_400_000;

/** Whole days from one date to another; undefined where one of them is not known to the day. */
export function days(from, to) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(from || "") || !/^\d{4}-\d{2}-\d{2}$/.test(to || "")) return undefined;
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/**
 * How long after its directive each plan was issued.
 * @param {import("./graph.js").Graph} graph
 * @param {(index: number) => boolean} passes
 * @returns {{top: number, plans: {index: number, days: number, level: string, province: number}[]}[]} one for each
 *   directive that has dated plans below it
 */
export function timelinesOf(graph, passes) {
  const lines = new Map();
  graph.nodes.forEach((node, index) => {
    if (node.kind !== "Document" || !passes(index)) return;
    for (const top of graph.tops(index)) {
      const after = top === index ? undefined : days(graph.nodes[top].facts.issued_on, node.facts.issued_on);
      if (after === undefined || after < 0) continue;
      if (!lines.has(top)) lines.set(top, []);
      lines.get(top).push({ index, days: after, level: node.facts.level || "", province: node.province });
    }
  });
  return [...lines].sort((a, b) => a[0] - b[0]).map(([top, plans]) => ({ top, plans }));
}

/** The least, the middle and the greatest of some numbers. */
export function spread(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { least: sorted[0], median, most: sorted.at(-1) };
}

/** The page of the timeline: for each directive a row of bars a level, and the plans as a table. */
export class Timeline {
  /**
   * @param {HTMLElement} root
   * @param {{graph: object, words: object, standing: object}} shown
   * @param {(index: number) => void} choose
   */
  constructor(root, shown, choose) {
    Object.assign(this, { root, choose }, shown);
  }

  /** @param {(index: number) => boolean} passes */
  render(passes) {
    const { words } = this;
    const lines = timelinesOf(this.graph, passes);
    const heading = element("h2", {}, words.ui("timeline"));
    if (!lines.length) {
      this.root.replaceChildren(heading, element("p", {}, words.ui("no_dates")));
      return;
    }
    const hint = element("p", { class: "hint" }, words.ui("timeline_hint"));
    this.root.replaceChildren(heading, hint, ...lines.flatMap((line) => this.#line(line)));
  }

  #line({ top, plans }) {
    const { label, facts } = this.graph.nodes[top];
    const heading = element("h3", {}, this.#button(top, label), ` ${this.words.value("issued_on", facts.issued_on)}`);
    const levels = this.graph.levels.map((name) => name.vi).filter((level) => plans.some((plan) => plan.level === level));
    return [heading, this.#key(plans), this.#picture(plans, levels, label), this.#levels(plans, levels), this.#plans(plans)];
  }

  #button(index, text) {
    const button = element("button", { type: "button", class: "go Document" }, text);
    button.addEventListener("click", () => this.choose(index));
    return button;
  }

  #standing(plan) {
    return this.standing.of(plan.index) ?? "không có nhiệm vụ";
  }

  /** What the colours of the bars mean, of those that occur. */
  #key(plans) {
    const occurring = Object.keys(STANDING_LOOK).filter((standing) => plans.some((plan) => this.#standing(plan) === standing));
    const chips = occurring.map((standing) => element("span", { class: `sum ${STANDING_LOOK[standing].colour}` }, this.words.value("standing", standing)));
    return element("p", { class: "key" }, ...chips.flatMap((chip) => [chip, " "]));
  }

  /** Bars of how many plans were issued in each stretch of days, stacked by how they stand. */
  #picture(plans, levels, label) {
    const most = Math.max(...plans.map((plan) => plan.days), 1);
    const step = Math.ceil((most + 1) / BARS);
    const scale = (WIDTH - LEFT) / (step * BARS);
    const height = levels.length * ROW + AXIS;
    const name = `${this.words.ui("timeline")}: ${label}`;
    const svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "timeline", role: "img", "aria-label": name });
    levels.forEach((level, row) => {
      const bottom = (row + 1) * ROW;
      svg.append(svgElement("text", { x: 0, y: bottom - ROW / 2, class: "level" }, upperFirst(this.words.value("level", level))));
      svg.append(svgElement("line", { x1: LEFT, x2: WIDTH, y1: bottom, y2: bottom, class: "base" }));
      svg.append(...this.#bars(plans.filter((plan) => plan.level === level), step, scale, bottom));
    });
    for (let bar = 0; bar <= BARS; bar += 10) {
      const at = { x: LEFT + bar * step * scale, y: height - 10, class: "tick", "text-anchor": bar === BARS ? "end" : "middle" };
      svg.append(svgElement("text", at, `${this.words.number(bar * step)} ${this.words.ui("days")}`));
    }
    return element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": name }, svg);
  }

  #bars(plans, step, scale, bottom) {
    const bars = new Map();
    for (const plan of plans) {
      const bar = Math.floor(plan.days / step);
      if (!bars.has(bar)) bars.set(bar, []);
      bars.get(bar).push(plan);
    }
    const highest = Math.max(...[...bars.values()].map((bar) => bar.length), 4);
    const unit = (ROW - 20) / highest;
    const parts = [];
    for (const [bar, own] of bars) {
      let y = bottom;
      for (const standing of Object.keys(STANDING_LOOK).reverse()) {
        const some = own.filter((plan) => this.#standing(plan) === standing);
        if (!some.length) continue;
        y -= some.length * unit;
        const box = { x: LEFT + bar * step * scale + 1, y, width: step * scale - 2, height: Math.max(0.2, some.length * unit - 0.5) };
        const labels = some.slice(0, 6).map((plan) => this.graph.nodes[plan.index].label).join(", ");
        const said = `${this.words.number(some.length)} · ${this.words.value("standing", standing)} · ${labels}${some.length > 6 ? ", …" : ""}`;
        const rect = svgElement("rect", { ...box, fill: `var(--${STANDING_LOOK[standing].colour})` }, svgElement("title", {}, said));
        rect.addEventListener("click", () => this.choose(some[0].index));
        parts.push(rect);
      }
    }
    return parts;
  }

  #levels(plans, levels) {
    const heads = ["level", "plans", "least", "median", "most", "late"].map((word) => element("th", { scope: "col" }, this.words.ui(word)));
    const rows = levels.map((level) => {
      const own = plans.filter((plan) => plan.level === level);
      const { least, median, most } = spread(own.map((plan) => plan.days));
      const late = own.filter((plan) => this.standing.of(plan.index) === "chậm").length;
      const cells = [own.length, least, median, most, late].map((value) => element("td", { class: "number" }, this.words.number(value)));
      return element("tr", {}, element("th", { scope: "row" }, upperFirst(this.words.value("level", level))), ...cells);
    });
    return this.#wide("levels", heads, element("tbody", {}, ...rows));
  }

  /** A table that scrolls by itself where the screen is narrow. */
  #wide(name, heads, body) {
    const head = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads));
    const table = element("table", { class: name, role: "table" }, head, body);
    return element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": this.words.ui("plan_list") }, table);
  }

  /** The plans, the slowest first. */
  #plans(plans) {
    const sorted = [...plans].sort((a, b) => b.days - a.days || a.index - b.index);
    const row = ({ index, days: after }) => {
      const { facts, label } = this.graph.nodes[index];
      const standing = this.standing.of(index);
      const chip = STANDINGS.includes(standing) ? [element("span", { class: `sum ${STANDING_LOOK[standing].colour}` }, this.words.value("standing", standing))] : [];
      const cells = [[facts.issuer || ""], [this.words.value("issued_on", facts.issued_on)], [this.words.number(after)], chip];
      // on a phone a row is a card, in which a number says what it counts
      const kinds = [{}, {}, { class: "number", "data-unit": this.words.ui("days") }, {}];
      return element("tr", { role: "row" }, element("th", { role: "rowheader", scope: "row" }, this.#button(index, label)),
        ...cells.map((cell, number) => element("td", { role: "cell", ...kinds[number] }, ...cell)));
    };
    const heads = ["plan", "issuer", "issued", "days", "standing"].map((word) => element("th", { role: "columnheader", scope: "col" }, upperFirst(this.words.ui(word))));
    const body = element("tbody", { role: "rowgroup" }, ...sorted.slice(0, AT_FIRST).map(row));
    const name = `${this.words.ui("plan_list")} (${this.words.number(plans.length)})`;
    const parts = [element("summary", {}, name), this.#wide("plans", heads, body)];
    if (sorted.length > AT_FIRST) {
      const more = element("button", { type: "button" }, `${this.words.ui("show_all")} (${this.words.number(sorted.length - AT_FIRST)})`);
      more.addEventListener("click", () => {
        more.remove();
        body.append(...sorted.slice(AT_FIRST).map(row));
      });
      parts.push(more);
    }
    return element("details", { open: "" }, ...parts);
  }
}
