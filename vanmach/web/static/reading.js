const ABOVE = 60; // pixels of the list that stay in sight before what is chosen

/**
 * Show the facts of a passage in the list beside the text when the passage is pointed at or reached with Tab.
 * @param {Document} page
 */
export function followText(page) {
  const text = page.querySelector("[data-text]");
  const list = page.querySelector("[data-fact-list]");
  if (!text || !list) return;
  const choose = (event) => {
    const mark = event.target.closest("mark[data-facts]");
    if (!mark) return;
    for (const chosen of page.querySelectorAll(".chosen")) chosen.classList.remove("chosen");
    const facts = mark.dataset.facts.split(" ").map((number) => page.getElementById(`fact-${number}`));
    for (const fact of facts) fact.classList.add("chosen");
    mark.classList.add("chosen");
    const side = list.parentElement; // its place is what offsets of the list count from
    if (getComputedStyle(side).position === "sticky") side.scrollTo({ top: facts[0].offsetTop - ABOVE });
  };
  text.addEventListener("pointerover", choose);
  text.addEventListener("focusin", choose);
}
