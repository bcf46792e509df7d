import { FONT } from "./cards.js";
import { upperFirst } from "./dom.js";

/** "tỉnh Bắc Giang", "thành phố Hải Phòng": the part of a name that a narrow column can do without. */
const KIND_OF_PLACE = /^(tỉnh|thành phố|huyện|quận|thị xã) /i;

/** The stripes of the levels.
 * @param {import("./painter.js").Painter} p */
export function drawBands(p) {
  const c = p.context;
  p.bands.forEach((band, index) => {
    const [top, bottom] = bandEnds(p, band, index);
    c.fillStyle = index % 2 ? p.colours.band : p.colours.paper;
    c.fillRect(0, top, p.camera.width, bottom - top);
  });
}

/** The visible part of a band, in pixels; the first and the last one have no end. */
function bandEnds(p, band, index) {
  const { height } = p.camera;
  const top = index === 0 ? 0 : Math.max(0, p.screenY(band.top));
  const bottom = index === p.bands.length - 1 ? height : Math.min(height, p.screenY(band.bottom));
  return [top, bottom];
}

/** The frames of provinces and districts.
 * @param {import("./painter.js").Painter} p */
export function drawColumns(p) {
  const c = p.context;
  for (const { box, depth } of p.columns) {
    c.beginPath();
    c.roundRect(box[0], box[1], box[2], box[3], depth === 1 ? 14 : 8);
    c.globalAlpha = depth === 1 ? 0.55 : 1;
    c.fillStyle = depth === 1 ? p.colours.sheet : "transparent";
    c.fill();
    c.globalAlpha = depth === 1 ? 1 : 0.7;
    c.strokeStyle = p.colours.frame;
    c.lineWidth = Math.max(1, 0.8 / p.camera.scale);
    c.setLineDash(depth === 1 ? [] : [2, 4]);
    c.stroke();
  }
  c.setLineDash([]);
  c.globalAlpha = 1;
}

/** Names of provinces and districts stay in sight while any of their column is. */
export function drawColumnNames(p) {
  const c = p.context;
  c.textBaseline = "middle";
  c.textAlign = "left";
  for (const { name, province, depth, box } of p.columns) {
    const left = Math.max(p.screenX(box[0]) + 10, p.strip + 8);
    const right = Math.min(p.screenX(box[0] + box[2]) - 6, p.camera.width);
    const size = depth === 2 ? Math.min(12.5, Math.max(10, 13 * p.camera.scale)) : right - left < 110 ? 11.5 : 14;
    const top = p.screenY(box[1] + (depth === 1 ? 20 : 15));
    const y = depth === 1 ? Math.max(top, 14) : top;
    if (right - left < 36 || p.screenY(box[1] + box[3]) < 20) continue;
    if (depth === 2 && (p.camera.scale < 0.3 || y < 20)) continue;
    c.font = `${depth === 1 ? 650 : 500} ${size}px ${FONT}`;
    // a province's name folds it
    const sign = depth === 1 ? "− " : "";
    const shown = sign + shortened(p, upperFirst(p.words.pick(name)), right - left - c.measureText(sign).width);
    const plate = [left - 5, y - 10, Math.min(right, left + c.measureText(shown).width + 5), y + 10];
    p.taken.push(plate);
    if (depth === 1) p.folders.push([plate, province]);
    c.fillStyle = p.colours.sheet;
    c.globalAlpha = 0.88;
    c.beginPath();
    c.roundRect(plate[0], plate[1], plate[2] - plate[0], 20, 5);
    c.fill();
    c.globalAlpha = 1;
    c.fillStyle = depth === 1 ? p.colours.ink : p.colours.soft;
    c.fillText(shown, left, y + 0.5);
  }
}

/** The strip at the left with the names of the levels. */
export function drawStrip(p) {
  const c = p.context;
  c.fillStyle = p.colours.sheet;
  c.fillRect(0, 0, p.strip, p.camera.height);
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.font = `600 12px ${FONT}`;
  p.bands.forEach((band, index) => {
    const [top, bottom] = bandEnds(p, band, index);
    if (bottom <= top) return;
    c.fillStyle = index % 2 ? p.colours.band : p.colours.paper;
    c.fillRect(0, top, p.strip - 1, bottom - top - 1);
    const name = p.words.pick(band.name).toUpperCase();
    if (c.measureText(name).width + 8 > bottom - top) return;
    c.save();
    c.translate(p.strip / 2, (top + bottom) / 2);
    c.rotate(-Math.PI / 2);
    c.fillStyle = p.colours.soft;
    c.fillText(name, 0, 1);
    c.restore();
  });
  c.fillStyle = p.colours.frame;
  c.fillRect(p.strip - 1, 0, 1, p.camera.height);
}

/** A name that fits into a width: whole, or without its kind, or cut. The font must be set. */
function shortened(p, name, width) {
  const fits = (text) => p.context.measureText(text).width <= width;
  if (fits(name)) return name;
  let cut = name.replace(KIND_OF_PLACE, "");
  if (fits(cut)) return cut;
  while (cut.length > 1 && !fits(`${cut}…`)) cut = cut.slice(0, -1).trimEnd();
  return `${cut}…`;
}
