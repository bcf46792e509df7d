/** The words of the page in the language chosen; all names come from the data. */
export class Words {
  /** @param {object} names the `names` of the data */
  constructor(names) {
    this.names = names;
    this.language = "vi";
  }

  /** @param {{vi: string, en: string}|undefined} name */
  pick(name, fallback = "") {
    return name ? name[this.language] : fallback;
  }

  /** @param {string} key of `interface` */
  ui(key) {
    return this.pick(this.names.interface[key], key);
  }

  /** The name of a kind of node or edge. */
  kind(kind) {
    return this.pick(this.names.nodes[kind] || this.names.edges[kind], kind);
  }

  /** An edge's name as seen from its start, or from its end. */
  phrase(kind, forwards) {
    return forwards ? this.kind(kind) : this.pick(this.names.inverse[kind], `← ${this.kind(kind)}`);
  }

  /** The name of a property of a node, an edge or its evidence. */
  property(kind, property) {
    const own = this.names.properties[kind] || this.names.edge_properties[kind] || {};
    return this.pick(own[property] || this.names.evidence[property], property);
  }

  /** A property's value as a person reads it. */
  value(property, value) {
    if (Array.isArray(value)) return value.join("; ");
    if (typeof value === "boolean") return this.ui(value ? "yes" : "no");
    if (typeof value === "number") return this.number(value);
    const known = this.names.values[property];
    if (known && Object.hasOwn(known, value)) return this.pick(known[value]);
    return /^\d{4}(-\d{2}){0,2}$/.test(value) ? this.date(value) : value;
  }

  number(value) {
    return new Intl.NumberFormat(this.language, { maximumFractionDigits: 2 }).format(value);
  }

  /** "2023-10-05" → "5/10/2023" or "5 October 2023"; a partial date keeps what is known. */
  date(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    if (this.language === "vi") return [day, month, year].filter(Boolean).join("/");
    const shape = { year: "numeric", month: month ? "long" : undefined, day: day ? "numeric" : undefined, timeZone: "UTC" };
    return new Intl.DateTimeFormat("en-GB", shape).format(Date.UTC(year, (month || 1) - 1, day || 1));
  }
}
