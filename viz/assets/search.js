import { marked, plain } from "./fold.js";

const MOST = 30;
const SEARCHED = ["symbol", "title", "names", "type", "issuer", "name", "aliases", "subject", "text", "place"];

const AT_ONCE = 500;

/** Finds nodes by words of their symbol, name or text, typed with or without diacritics. */
export class Search {
  /** @param {{label: string, facts: object}[]} nodes */
  constructor(nodes) {
    this.nodes = nodes;
    this.entries = [];
    this.folded = new Map();
  }

  /** Fold the words of all nodes a few at a time, while the page waits for the person. */
  prepare(later = (next) => setTimeout(next)) {
    this.#fold(AT_ONCE);
    if (this.entries.length < this.nodes.length) later(() => this.prepare(later));
  }

  #fold(count) {
    const end = Math.min(this.nodes.length, this.entries.length + count);
    for (let index = this.entries.length; index < end; index++) {
      const node = this.nodes[index];
      const parts = [node.label, ...SEARCHED.flatMap((name) => node.facts[name] ?? [])].map((text) => this.#known(text));
      const heads = [parts[0].plain, this.#known(node.facts.name || "").plain];
      const whole = (name) => parts.map((part) => part[name]).join(" ");
      this.entries.push({ index, heads, text: whole("plain"), marked: whole("marked") });
    }
  }

  /** A text folded; many nodes share the names of places, issuers and types. */
  #known(text) {
    let known = this.folded.get(text);
    if (!known) {
      const lower = marked(text);
      known = { marked: lower, plain: plain(lower) };
      this.folded.set(text, known);
    }
    return known;
  }

  /**
   * @param {string} query
   * @returns {number[]} numbers of nodes, best first; every word must occur
   */
  find(query) {
    const words = plain(query).split(" ").filter(Boolean);
    if (!words.length) return [];
    this.#fold(Infinity);
    const exact = marked(query);
    const whole = words.join(" ");
    const found = [];
    for (const entry of this.entries) {
      if (!words.every((word) => entry.text.includes(word))) continue;
      let score = entry.index / this.entries.length;
      if (entry.heads.includes(whole)) score -= 8;
      else if (entry.heads.some((head) => head.startsWith(whole))) score -= 4;
      else if (entry.heads.some((head) => head.includes(whole))) score -= 3;
      else if (entry.text.includes(whole)) score -= 1;
      // "bản" was meant where "bản" stands, although "bán" is found too
      if (exact !== whole && entry.marked.includes(exact)) score -= 6;
      found.push([score, entry.index]);
    }
    return found.sort((a, b) => a[0] - b[0]).slice(0, MOST).map(([, index]) => index);
  }
}
