import { STANDING_LOOK } from "./standing.js";

export const FONT = '"Be Vietnam Pro", "Segoe UI", "Noto Sans", Roboto, "Helvetica Neue", system-ui, sans-serif';

/** Text below so many pixels is left out. */
export const LEAST_TEXT = 6.5;

/** How strong what does not belong to the chosen thread still is. */
export const FAINT = 0.16;

const CARD_HEIGHT = 44;

/**
 * A document: symbol and issuer on a card; hollow when it is only cited, filled with the accent when it is the focus,
 * with the sign of its standing as a plan.
 * @param {import("./painter.js").Painter} p
 * @param {boolean} dim whether something else is chosen
 */
export function drawCard(p, node, index, dim) {
  const c = p.context;
  const [x, y, width, height] = node.at;
  const focus = index === p.graph.focus;
  const cited = node.facts.status === "cited";
  const colour = focus ? p.colours.accent : p.colours.Document;
  if (height > CARD_HEIGHT && !p.state.hidden.has("Task")) drawTray(p, x, y, width, height, dim);
  outline(p, [x, y, width, CARD_HEIGHT], 7, p.colours.sheet, 1);
  c.globalAlpha = dim ? FAINT + 0.08 : 1;
  if (!cited) {
    c.fillStyle = focus ? colour : p.colours["Document-fill"];
    c.fill();
  }
  c.strokeStyle = colour;
  c.lineWidth = Math.max(1.3, 0.8 / p.camera.scale);
  c.stroke();
  const look = STANDING_LOOK[p.standing.of(index)];
  if (look?.sign) drawSign(p, x + width, y, look);
  if (13 * p.camera.scale < LEAST_TEXT) return;
  const reversed = focus && !cited;
  const inks = [reversed ? p.colours.paper : focus ? colour : p.colours.ink, reversed ? p.colours.paper : p.colours.soft];
  drawLines(p, node.at, index, [node.label, node.second], inks);
}

/** A plan that is missing: a dashed frame where it should be, with whose it would be and how that stands. */
export function drawGhost(p, node, index, dim) {
  const c = p.context;
  const standing = p.standing.of(index);
  const look = STANDING_LOOK[standing];
  outline(p, node.at, 7, p.colours.sheet, dim ? FAINT : 0.75);
  c.globalAlpha = dim ? FAINT + 0.08 : 1;
  c.strokeStyle = p.colours[look.colour];
  c.lineWidth = Math.max(1.5, 0.8 / p.camera.scale);
  c.setLineDash([6, 4]);
  c.stroke();
  c.setLineDash([]);
  drawSign(p, node.at[0] + node.at[2], node.at[1], look);
  if (13 * p.camera.scale < LEAST_TEXT) return;
  const said = p.words.value("standing", standing);
  drawLines(p, node.at, `${index}${p.words.language}`, [node.label, said], [p.colours.ink, p.colours[look.colour]], "600 12px");
}

/** Two lines of text, cut to the card's width. */
function drawLines(p, [x, y, width], key, [first, second], inks, font = "650 13.5px") {
  const c = p.context;
  c.textAlign = "left";
  c.textBaseline = "alphabetic";
  c.fillStyle = inks[0];
  c.font = `${font} ${FONT}`;
  c.fillText(fit(p, `${key}a`, first, width - 26), x + 9, y + (second ? 19 : 27));
  if (!second) return;
  c.font = `400 11px ${FONT}`;
  c.fillStyle = inks[1];
  c.fillText(fit(p, `${key}b`, second, width - 18), x + 9, y + 35);
}

/** The sign of a standing, on the right upper corner of a card. */
function drawSign(p, x, y, { colour, sign }) {
  const c = p.context;
  const radius = Math.min(Math.max(8, 3.5 / p.camera.scale), 22);
  c.fillStyle = p.colours[colour];
  c.beginPath();
  c.roundRect(x - radius - 2, y - radius + 4, 2 * radius, 2 * radius, radius);
  c.fill();
  if (11 * p.camera.scale < LEAST_TEXT) return;
  c.fillStyle = p.colours.paper;
  c.font = `700 11px ${FONT}`;
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.fillText(sign, x - 2, y + 4.5);
}

/** The frame below a card that holds its tasks and targets. */
function drawTray(p, x, y, width, height, dim) {
  const c = p.context;
  outline(p, [x, y + 30, width, height - 30], 7, p.colours.sheet, dim ? FAINT : 1);
  c.strokeStyle = p.colours.frame;
  c.lineWidth = 1;
  c.stroke();
}

function outline(p, [x, y, width, height], radius, fill, alpha) {
  const c = p.context;
  c.globalAlpha = alpha;
  c.beginPath();
  c.roundRect(x, y, width, height, radius);
  c.fillStyle = fill;
  c.fill();
}

/** An agency. */
export function drawPill(p, node, index, dim) {
  const c = p.context;
  const [x, y, width, height] = node.at;
  outline(p, node.at, height / 2, p.colours.sheet, 1);
  c.globalAlpha = dim ? FAINT + 0.08 : 1;
  c.fillStyle = p.colours["Agency-fill"];
  c.fill();
  c.strokeStyle = p.colours.Agency;
  c.lineWidth = 1;
  c.stroke();
  if (11.5 * p.camera.scale < LEAST_TEXT) return;
  c.font = `400 11.5px ${FONT}`;
  c.fillStyle = p.colours.ink;
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.fillText(fit(p, `${index}a`, node.label, width - 20), x + width / 2, y + height / 2 + 0.5);
}

/** A task (diamond) or a target (triangle). */
export function drawMark(p, node, index, dim) {
  const c = p.context;
  const [x, y, size] = [node.at[0] + node.at[2] / 2, node.at[1] + node.at[3] / 2, 4.2];
  c.globalAlpha = dim ? FAINT + 0.1 : 1;
  c.fillStyle = p.colours[node.kind];
  c.beginPath();
  if (node.kind === "Task") {
    c.moveTo(x, y - size);
    c.lineTo(x + size, y);
    c.lineTo(x, y + size);
    c.lineTo(x - size, y);
  } else {
    c.moveTo(x, y - size);
    c.lineTo(x + size + 0.6, y + size - 0.6);
    c.lineTo(x - size - 0.6, y + size - 0.6);
  }
  c.closePath();
  c.fill();
}

/** A folded province: its name, how many documents it has, and a bar of how its duties stand. */
export function drawGroup(p, province, box, { documents, standings }, dim) {
  const c = p.context;
  const [x, y, width, height] = box;
  outline(p, box, 10, p.colours.sheet, 1);
  c.globalAlpha = dim ? FAINT + 0.08 : 1;
  c.strokeStyle = p.colours.soft;
  c.lineWidth = Math.max(1.2, 0.8 / p.camera.scale);
  c.stroke();
  drawBar(p, [x + 9, y + height - 21, width - 18, 12], standings);
  // where this is too small to be read, labels of a fixed size stand for it
  if (13 * p.camera.scale < LEAST_TEXT) return;
  c.textAlign = "left";
  c.textBaseline = "alphabetic";
  c.fillStyle = p.colours.ink;
  c.font = `650 13.5px ${FONT}`;
  const name = p.words.pick(p.provinces[province].name).replace(/^(tỉnh|thành phố) /, "");
  c.fillText(fit(p, `g${province}${p.words.language}a`, name, width - 34), x + 9, y + 20);
  c.fillText("+", x + width - 19, y + 20);
  if (11 * p.camera.scale < LEAST_TEXT) return;
  c.font = `400 11px ${FONT}`;
  c.fillStyle = p.colours.soft;
  const said = `${p.words.number(documents)} ${p.words.kind("Document").toLowerCase()}`;
  c.fillText(fit(p, `g${province}${p.words.language}b`, said, width - 18), x + 9, y + 38);
}

/** A bar whose parts are as long as there are duties of each standing. */
function drawBar(p, [x, y, width, height], standings) {
  const c = p.context;
  const all = [...standings.values()].reduce((sum, count) => sum + count, 0);
  let left = x;
  for (const [standing, { colour }] of Object.entries(STANDING_LOOK)) {
    const part = (width * (standings.get(standing) || 0)) / (all || 1);
    c.fillStyle = p.colours[colour];
    if (part) c.fillRect(left, y, part, height);
    left += part;
  }
}

/** The ring around what is chosen. */
export function drawRing(p, node) {
  const c = p.context;
  const [x, y, width] = node.at;
  const isCard = node.kind === "Document" || node.kind === "Ghost";
  const height = isCard ? CARD_HEIGHT : node.at[3];
  const gap = 3.5;
  c.globalAlpha = 1;
  c.strokeStyle = p.colours.chosen;
  c.lineWidth = Math.max(2.4, 2 / p.camera.scale);
  c.beginPath();
  c.roundRect(x - gap, y - gap, width + 2 * gap, height + 2 * gap, isCard ? 10 : height);
  c.stroke();
}

/** A text cut to a width in layout units, remembered. The font must be set. */
function fit(p, key, text, width) {
  if (!p.fitted.has(key)) {
    let cut = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    while (cut.length > 2 && p.context.measureText(cut).width > width) cut = `${cut.replace(/…$/, "").slice(0, -1).trimEnd()}…`;
    p.fitted.set(key, cut);
  }
  return p.fitted.get(key);
}
