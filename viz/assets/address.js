/**
 * What the page's address says: `#node=ID&lang=en&off=GUI,Task`. The same address shows the same thing.
 * @returns {{node: string|null, language: string|null, off: string[]|null}}
 */
export function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  const off = said.get("off");
  return { node: said.get("node"), language: said.get("lang"), off: off === null ? null : off.split(",").filter(Boolean) };
}

/** Write the state into the address without a step in the history. */
export function writeAddress({ node, language, off }) {
  const said = new URLSearchParams();
  if (node !== null) said.set("node", node);
  if (language !== "vi") said.set("lang", language);
  if (off !== null) said.set("off", [...off].sort().join(","));
  const hash = said.toString();
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}
