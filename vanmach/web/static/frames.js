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

/** Whether a frame has loaded what it was told to: before that it holds an empty page. */
function isThere(frame) {
  const held = frame.contentDocument;
  return held !== null && held.URL !== "about:blank" && held.readyState === "complete";
}
