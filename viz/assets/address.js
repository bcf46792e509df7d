/**
 * What the page's address says: `#node=ID&lang=en&off=GUI|Task&view=matrix&filter=level%3Dxã&open=tỉnh A`. The same
 * address shows the same thing. What is as the page opens by itself is left out; null stands for that.
 * @typedef {{node: string|null, lang: string|null, theme: string|null, view: string|null, by: string|null,
 *   filter: string|null, off: string[]|null, open: string[]|null}} State
 */

const TEXTS = ["node", "lang", "theme", "view", "by", "filter"];
const LISTS = ["off", "open"];
const BETWEEN = "|";

/** @returns {State} */
export function readAddress(hash = location.hash) {
  const said = new URLSearchParams(hash.slice(1));
  const texts = TEXTS.map((name) => [name, said.get(name)]);
  const lists = LISTS.map((name) => [name, said.has(name) ? said.get(name).split(BETWEEN).filter(Boolean) : null]);
  return Object.fromEntries([...texts, ...lists]);
}

/** The address's part behind "#" for a state. */
export function addressOf(state) {
  const said = new URLSearchParams();
  for (const name of TEXTS) if (state[name]) said.set(name, state[name]);
  for (const name of LISTS) if (state[name]) said.set(name, [...state[name]].sort().join(BETWEEN));
  return said.toString();
}

/** Write the state into the address without a step in the history. */
export function writeAddress(state) {
  const hash = addressOf(state);
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}
