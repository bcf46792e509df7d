import { Key } from "./key.js";
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

/** What tells how wide a text is in a font. */
function ruler() {
  const context = document.createElement("canvas").getContext("2d");
  return (font, text) => {
    context.font = font;
    return context.measureText(text);
  };
}

/** The whole picture with its legend as SVG text. */
export function asSvg(shown, state) {
  const camera = wholeCamera(shown.scene.extent, 1, 36);
  const measure = ruler();
  const key = new Key(shown, state, measure, camera.width);
  const context = new SvgContext(camera.width, camera.height + key.height, measure);
  const painter = new Painter(context, shown, (data) => data);
  painter.draw(camera, state);
  key.draw(painter, camera.height, 1);
  return context.toString();
}

/** The whole picture with its legend as PNG, as large as browsers allow, at most twice the size at zoom 1. */
export async function asPng(shown, state) {
  const [, , width, height] = shown.scene.extent;
  const scale = Math.min(2, MOST_SIDE / (Math.max(width, height) + 400), Math.sqrt(MOST_PIXELS / ((width + 100) * (height + 400))));
  // however small the picture, its legend can be read; and where it is larger, the names beside it are as much larger
  const factor = Math.max(1, scale);
  const camera = wholeCamera(shown.scene.extent, scale / factor, 36);
  const key = new Key(shown, state, ruler(), camera.width);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.ceil(camera.width * factor), height: Math.ceil((camera.height + key.height) * factor) });
  const painter = new Painter(canvas.getContext("2d"), shown);
  painter.ratio = factor;
  painter.draw(camera, state);
  key.draw(painter, camera.height * factor, factor);
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
