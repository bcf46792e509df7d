const PAUSE = 250; // milliseconds without a key, after which what was typed is meant

/**
 * Let tables sort, turn their pages and filter in place; each order has an address, which is shown.
 * @param {Document} page
 */
export function followTables(page) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest("[data-table] a[data-order]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(page, link.href);
  });
  let waiting;
  page.addEventListener("input", (event) => {
    const form = event.target.closest("[data-table] form.tools");
    if (!form) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => show(page, addressOf(form)), PAUSE);
  });
  page.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-table] form.tools")) return;
    event.preventDefault();
    clearTimeout(waiting);
    show(page, addressOf(event.target));
  });
  addEventListener("popstate", () => location.reload());
}

/**
 * The address that a form asks for.
 * @param {HTMLFormElement} form
 * @returns {string}
 */
export function addressOf(form) {
  const address = new URL(form.action);
  address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== "")).toString();
  return address.href;
}

let last = 0;

async function show(page, address) {
  const number = ++last;
  const table = page.querySelector("[data-table]");
  table.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (number !== last) return; // something else was asked for meanwhile
  const other = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-table]");
  if (!answer.ok || !other) {
    location.assign(address);
    return;
  }
  const focused = page.activeElement;
  const typed = focused && focused.id === "filter" ? focused.value : null;
  const order = focused && focused.closest("th") ? focused.closest("th").cellIndex : null;
  const selection = typed === null ? null : [focused.selectionStart, focused.selectionEnd];
  const count = other.querySelector(".count");
  table.replaceWith(page.adoptNode(other));
  page.getElementById("told").textContent = count.textContent; // new content of a new status is not always read out
  history.pushState(null, "", address);
  if (typed !== null) {
    const filter = page.getElementById("filter");
    filter.value = typed;
    filter.focus();
    filter.setSelectionRange(...selection);
  } else if (order !== null) {
    page.querySelectorAll("[data-table] thead a")[order]?.focus();
  }
}
