export const FONT = '"Be Vietnam Pro", "Segoe UI", "Noto Sans", Roboto, "Helvetica Neue", system-ui, sans-serif';

/** Text below so many pixels is left out. */
export const LEAST_TEXT = 6.5;

/** How strong what does not belong to the chosen thread still is. */
export const FAINT = 0.16;

const CARD_HEIGHT = 44;

/**
 * A document: symbol and issuer on a card; hollow when it is only cited, filled with the accent when it is the focus.
 * @param {import("./painter.js").Painter} p
 * @param {boolean} dim whether something else is chosen
 */
export function drawCard(p, node, index, dim) {
  const c = p.context;
  const [x, y, width, height] = node.box;
  const focus = index === p.graph.focus;
  const colour = focus ? p.colours.accent : p.colours.Document;
  if (height > CARD_HEIGHT && !p.state.hidden.has("Task")) drawTray(p, x, y, width, height, dim);
  c.globalAlpha = 1;
  c.fillStyle = p.colours.sheet;
  c.beginPath();
  c.roundRect(x, y, width, CARD_HEIGHT, 7);
  c.fill();
  c.globalAlpha = dim ? FAINT + 0.08 : 1;
  if (node.facts.status !== "cited") {
    c.fillStyle = focus ? colour : p.colours["Document-fill"];
    c.fill();
  }
  c.strokeStyle = colour;
  c.lineWidth = Math.max(1.3, 0.8 / p.camera.scale);
  c.stroke();
  if (13 * p.camera.scale < LEAST_TEXT) return;
  c.textAlign = "left";
  c.textBaseline = "alphabetic";
  const reversed = focus && node.facts.status !== "cited";
  c.fillStyle = reversed ? p.colours.paper : focus ? colour : p.colours.ink;
  c.font = `650 13.5px ${FONT}`;
  c.fillText(fit(p, `${index}a`, node.label, width - 18), x + 9, y + (node.second ? 19 : 27));
  if (!node.second) return;
  c.font = `400 11px ${FONT}`;
  c.fillStyle = reversed ? p.colours.paper : p.colours.soft;
  c.fillText(fit(p, `${index}b`, node.second, width - 18), x + 9, y + 35);
}

/** The frame below a card that holds its tasks and targets. */
function drawTray(p, x, y, width, height, dim) {
  const c = p.context;
  c.globalAlpha = dim ? FAINT : 1;
  c.beginPath();
  c.roundRect(x, y + 30, width, height - 30, 7);
  c.fillStyle = p.colours.sheet;
  c.fill();
  c.strokeStyle = p.colours.frame;
  c.lineWidth = 1;
  c.stroke();
}

/** An agency. */
export function drawPill(p, node, index, dim) {
  const c = p.context;
  const [x, y, width, height] = node.box;
  c.globalAlpha = 1;
  c.fillStyle = p.colours.sheet;
  c.beginPath();
  c.roundRect(x, y, width, height, height / 2);
  c.fill();
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
  const [x, y, size] = [node.box[0] + node.box[2] / 2, node.box[1] + node.box[3] / 2, 4.2];
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

/** The ring around what is chosen. */
export function drawRing(p, node) {
  const c = p.context;
  const [x, y, width] = node.box;
  const height = node.kind === "Document" ? CARD_HEIGHT : node.box[3];
  const gap = 3.5;
  c.globalAlpha = 1;
  c.strokeStyle = p.colours.chosen;
  c.lineWidth = Math.max(2.4, 2 / p.camera.scale);
  c.beginPath();
  c.roundRect(x - gap, y - gap, width + 2 * gap, height + 2 * gap, node.kind === "Document" ? 10 : height);
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
