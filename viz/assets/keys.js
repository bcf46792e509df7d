const [STEP, NEARER, FARTHER] = [60, 1.25, 0.8];
const ARROWS = { ArrowUp: [0, STEP], ArrowDown: [0, -STEP], ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0] };

/**
 * Steer the picture by keys: +, - and 0 zoom; with something chosen, arrows walk through the cascade, else they move it.
 * @param {HTMLCanvasElement} canvas
 * @param {import("./camera.js").Camera} camera
 * @param {{showAll: () => void, chosen: () => number|null, walk: (chosen: number, key: string) => void}} act
 */
export function followKeys(canvas, camera, act) {
  const zooms = { "+": () => camera.zoom(NEARER), "=": () => camera.zoom(NEARER), "-": () => camera.zoom(FARTHER), 0: act.showAll };
  canvas.addEventListener("keydown", (event) => {
    const { key } = event;
    const chosen = act.chosen();
    if (ARROWS[key] && chosen === null) camera.pan(...ARROWS[key]);
    else if (ARROWS[key]) act.walk(chosen, key);
    else if (zooms[key] && !event.ctrlKey && !event.metaKey) zooms[key]();
    else return;
    event.preventDefault();
  });
}
