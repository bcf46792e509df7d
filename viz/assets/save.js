import { Painter } from "./painter.js";
import { SvgContext } from "./svg.js";

const EDGE = 24;
/** Browsers make no larger canvas. */
const [MOST_SIDE, MOST_PIXELS] = [12_000, 60_000_000];

/** A camera that sees the whole picture at a scale. */
function wholeCamera([left, top, width, height], scale, strip) {
  const margin = strip / scale;
  return {
    x: left - EDGE - margin,
    y: top - EDGE,
    scale,
    width: Math.ceil((width + 2 * EDGE + margin) * scale),
    height: Math.ceil((height + 2 * EDGE) * scale),
  };
}

/** The whole picture as SVG text. */
export function asSvg(shown, state) {
  const camera = wholeCamera(shown.scene.extent, 1, 36);
  const ruler = document.createElement("canvas").getContext("2d");
  const measure = (font, text) => {
    ruler.font = font;
    return ruler.measureText(text);
  };
  const context = new SvgContext(camera.width, camera.height, measure);
  new Painter(context, shown, (data) => data).draw(camera, state);
  return context.toString();
}

/** The whole picture as PNG, as large as browsers allow, at most twice the size at zoom 1. */
export async function asPng(shown, state) {
  const [, , width, height] = shown.scene.extent;
  const scale = Math.min(2, MOST_SIDE / (Math.max(width, height) + 100), Math.sqrt(MOST_PIXELS / ((width + 100) * (height + 100))));
  const camera = wholeCamera(shown.scene.extent, scale, 36);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: camera.width, height: camera.height });
  new Painter(canvas.getContext("2d"), shown).draw(camera, state);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** Hand a file to the person. */
export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Put the whole picture, sharp, into the page while it is printed. */
export function printPicture(place, shown, state) {
  addEventListener("beforeprint", () => {
    const parsed = new DOMParser().parseFromString(asSvg(shown, state()), "image/svg+xml");
    place.replaceChildren(document.importNode(parsed.documentElement, true));
  });
  addEventListener("afterprint", () => place.replaceChildren());
}
