import { marked, plain } from "./fold.js";

const MOST = 30;
const SEARCHED = ["symbol", "title", "names", "type", "issuer", "name", "aliases", "subject", "text", "place"];

/** Finds nodes by words of their symbol, name or text, typed with or without diacritics. */
export class Search {
  /** @param {{label: string, facts: object}[]} nodes */
  constructor(nodes) {
    this.entries = nodes.map((node, index) => {
      const all = [node.label, ...SEARCHED.flatMap((name) => node.facts[name] ?? [])].join(" ");
      const heads = [node.label, node.facts.name || ""].map(plain);
      return { index, heads, text: plain(all), marked: marked(all) };
    });
  }

  /**
   * @param {string} query
   * @returns {number[]} numbers of nodes, best first; every word must occur
   */
  find(query) {
    const words = plain(query).split(" ").filter(Boolean);
    if (!words.length) return [];
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
