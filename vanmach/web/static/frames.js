/**
 * Say that a picture is being drawn until it is there, or that it could not be.
 * @param {Document} page
 */
export function followFrames(page) {
  for (const root of page.querySelectorAll("[data-framed]")) {
    const [status, frame] = [root.querySelector("[role=status]"), root.querySelector("iframe")];
    const told = () => {
      const drawn = frame.contentDocument?.getElementById("picture"); // what may not be framed has no document here
      root.classList.add(drawn ? "drawn" : "undrawn");
      status.textContent = drawn ? root.dataset.drawn : root.dataset.failed;
    };
    status.textContent = root.dataset.drawing;
    if (isThere(frame)) told();
    else frame.addEventListener("load", told);
  }
}

/**
 * Whether a frame has come to an end before this script looked: its first, empty page can be read,
 * a page of ours too, and one that stands for a refused answer cannot.
 */
function isThere(frame) {
  const held = frame.contentDocument;
  return held === null || (held.URL !== "about:blank" && held.readyState === "complete");
}
