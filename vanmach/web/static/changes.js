const PAUSE = 700; // milliseconds between two looks

/**
 * Show how far files are on their way, and how far a change is.
 * @param {Document} page
 */
export function followChanges(page) {
  page.querySelector("form[data-upload]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target);
  });
  if (page.querySelector("[data-change]")?.dataset.change) setTimeout(() => look(page), PAUSE);
}

/** Send a form with its files; XMLHttpRequest tells how much has gone, which fetch does not. */
function send(form) {
  const bar = form.querySelector("progress");
  const said = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (sent) => {
    if (sent.lengthComputable) bar.value = sent.loaded / sent.total;
  });
  const failed = () => {
    button.disabled = false;
    bar.hidden = true;
    said.className = "wrong";
    said.textContent = reason(request) || form.dataset.notSent;
  };
  request.addEventListener("load", () => {
    if (request.status < 400) location.assign(request.responseURL);
    else failed();
  });
  request.addEventListener("error", failed);
  request.open("POST", form.action);
  button.disabled = true;
  bar.hidden = false;
  said.textContent = form.dataset.sending;
  request.send(new FormData(form));
}

/** What the page that came says is wrong, in a sentence; nothing where none came. */
function reason(request) {
  return new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".wrong")?.textContent;
}

async function look(page) {
  const shown = page.querySelector("[data-change]");
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (answer.ok) {
      const other = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-change]");
      shown.replaceWith(page.adoptNode(other));
    }
  } catch {
    // the application is being started anew: the next look tells
  }
  if (page.querySelector("[data-change]").dataset.change) setTimeout(() => look(page), PAUSE);
}
