const CORNER = 8;

/**
 * The line of an edge as a path in layout units: its computed route with rounded corners, or a curve.
 * @param {Path2D} path is added to
 * @param {{box: number[], kind: string}} from
 * @param {{box: number[], kind: string}} to
 * @param {number[]|undefined} route corners, x and y in turn
 */
export function trace(path, from, to, route) {
  if (route) traceRoute(path, route);
  else traceCurve(path, from, to);
}

function traceRoute(path, route) {
  path.moveTo(route[0], route[1]);
  for (let i = 2; i < route.length - 2; i += 2) {
    const [x, y, nextX, nextY] = [route[i], route[i + 1], route[i + 2], route[i + 3]];
    const before = Math.hypot(x - route[i - 2], y - route[i - 1]);
    const after = Math.hypot(nextX - x, nextY - y);
    path.arcTo(x, y, nextX, nextY, Math.min(CORNER, before / 2, after / 2));
  }
  path.lineTo(route.at(-2), route.at(-1));
}

/** Where a line leaves a box: the middle of the side that faces the other box. */
function port([x, y, width, height], other) {
  if (other[1] >= y + height) return [x + width / 2, y + height, 1];
  if (other[1] + other[3] <= y) return [x + width / 2, y, -1];
  return [other[0] > x ? x + width : x, y + height / 2, 0];
}

function traceCurve(path, from, to) {
  const [x1, y1, down1] = port(from.box, to.box);
  const [x2, y2, down2] = port(to.box, from.box);
  const bend = Math.min(90, 12 + Math.abs(y2 - y1) * 0.5 + Math.abs(x2 - x1) * 0.08);
  const side = down1 ? 0 : Math.sign(x2 - x1) * bend;
  path.moveTo(x1, y1);
  path.bezierCurveTo(x1 + side, y1 + down1 * bend, x2 - side, y2 + down2 * bend, x2, y2);
}

/** A small arrowhead at the upper end of a route, pointing at the document that is implemented. */
export function arrow(path, route) {
  const [x, y] = [route.at(-2), route.at(-1)];
  path.moveTo(x, y);
  path.lineTo(x - 4, y + 7);
  path.lineTo(x + 4, y + 7);
  path.closePath();
}
