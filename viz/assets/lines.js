const CORNER = 8;

/**
 * The line of an edge as SVG path data in layout units: its computed route with rounded corners, or a curve.
 * @param {number[]} from the box that it leaves
 * @param {number[]} to
 * @param {number[]|undefined} route corners, x and y in turn
 * @returns {string}
 */
export function lineOf(from, to, route) {
  return route ? routeLine(route) : curve(from, to);
}

function routeLine(route) {
  let line = `M${n(route[0])} ${n(route[1])}`;
  for (let i = 2; i < route.length - 2; i += 2) {
    const [x, y] = [route[i], route[i + 1]];
    const [beforeX, beforeY, afterX, afterY] = [x - route[i - 2], y - route[i - 1], route[i + 2] - x, route[i + 3] - y];
    const [before, after] = [Math.hypot(beforeX, beforeY), Math.hypot(afterX, afterY)];
    const radius = Math.min(CORNER, before / 2, after / 2);
    if (!radius) continue;
    const start = [x - (beforeX / before) * radius, y - (beforeY / before) * radius];
    line += `L${n(start[0])} ${n(start[1])}Q${n(x)} ${n(y)} ${n(x + (afterX / after) * radius)} ${n(y + (afterY / after) * radius)}`;
  }
  return `${line}L${n(route.at(-2))} ${n(route.at(-1))}`;
}

function n(value) {
  return Math.round(value * 10) / 10;
}

/** Where a line leaves a box: the middle of the side that faces the other box. */
function port([x, y, width, height], other) {
  if (other[1] >= y + height) return [x + width / 2, y + height, 1];
  if (other[1] + other[3] <= y) return [x + width / 2, y, -1];
  return [other[0] > x ? x + width : x, y + height / 2, 0];
}

function curve(from, to) {
  const [x1, y1, down1] = port(from, to);
  const [x2, y2, down2] = port(to, from);
  const bend = Math.min(90, 12 + Math.abs(y2 - y1) * 0.5 + Math.abs(x2 - x1) * 0.08);
  const side = down1 ? 0 : Math.sign(x2 - x1) * bend;
  const ends = [x1, y1, x1 + side, y1 + down1 * bend, x2 - side, y2 + down2 * bend, x2, y2].map(n);
  return `M${ends[0]} ${ends[1]}C${ends.slice(2).join(" ")}`;
}

/** A small arrowhead at the upper end of a route, pointing at the document that is implemented. */
export function arrow(route) {
  const [x, y] = [n(route.at(-2)), n(route.at(-1))];
  return `M${x} ${y}L${x - 4} ${y + 7}L${x + 4} ${y + 7}Z`;
}
