/**
 * Adds up where everything is: provinces beside each other, layers below each other, folded provinces as cards in a grid.
 * What stands where inside a province and a layer was laid out beforehand (viz/layout.py).
 */

export const GUTTER = 18;
export const PITCH = 180;
const CARD = 156;
const ROW_GAP = 12;
const [PROVINCE_GAP, PADDING] = [36, 12];
const [PROVINCE_HEADER, DISTRICT_HEADER, BAND_PADDING] = [44, 32, 16];
const GROUP_HEIGHT = 74;
const WANTED_ASPECT = 1.8;
const MOST_CENTRAL = 14;

/**
 * @param {{nodes: object[], layers: {rank: number}[], levels: object[], provinces: object[]}} data
 * @param {{folded: Set<number>, absent: Set<number>}} state numbers of provinces shown as one card, and not at all
 * @param {(layer: number) => number} gapAfter room for lines below a layer
 * @returns {{boxes: (number[]|null)[], groups: Map<number, {box: number[], row: number}>, bands: object[],
 *   columns: object[], tops: number[], bottoms: number[], firstLower: number, extent: number[]}}
 */
export function stack(data, { folded, absent }, gapAfter) {
  const isOpen = (province) => province < 0 || (!folded.has(province) && !absent.has(province));
  const all = data.provinces.map((_, province) => province);
  const columns = openColumns(data, all.filter(isOpen));
  const grid = gridOf(all.filter((p) => folded.has(p) && !absent.has(p)), columns.right);
  const width = Math.max(columns.right, grid.right, 0);
  const central = centralSeats(data.nodes, width);
  const heights = layerHeights(data, isOpen, central);
  const rows = layerTops(data, heights, columns.hasDistricts, gapAfter);
  const groups = placeGroups(grid, rows.groupTop);
  const boxes = data.nodes.map((node, index) => {
    if (!isOpen(node.province)) return null;
    const [x, y, w, h] = central.get(index) || node.box;
    return [x + (node.province < 0 ? 0 : columns.left[node.province]), y + rows.tops[node.layer], w, h];
  });
  const bottom = Math.max(rows.bottom, grid.rows ? rows.groupTop + grid.rows * (GROUP_HEIGHT + ROW_GAP) : 0);
  return {
    boxes,
    groups,
    rows: data.nodes.map((node, index) => central.get(index)?.[4] ?? node.row),
    tops: rows.tops,
    bottoms: rows.tops.map((top, layer) => top + heights[layer]),
    bands: bandsOf(data, rows, heights, bottom),
    columns: framesOf(data, columns, rows, bottom),
    extent: extentOf(width, boxes, bottom),
    firstLower: rows.firstLower,
  };
}

/** The left end of each unfolded province, in order. */
function openColumns(data, open) {
  const left = {};
  let x = 0;
  for (const province of open) {
    left[province] = x + PADDING;
    x += data.provinces[province].width + 2 * PADDING + PROVINCE_GAP;
  }
  return { open, left, right: open.length ? x - PROVINCE_GAP : 0, hasDistricts: open.some((p) => data.provinces[p].districts.length) };
}

/** Folded provinces in rows right of the others, in the shape of a screen when they are alone. */
function gridOf(folded, start) {
  if (!folded.length) return { folded, rows: 0, right: start };
  const shape = (rows) => Math.abs(Math.log((start + Math.ceil(folded.length / rows) * PITCH) / (rows * GROUP_HEIGHT * 1.4) / WANTED_ASPECT));
  const rows = folded.map((_, i) => i + 1).reduce((best, count) => (shape(count) < shape(best) ? count : best), 1);
  const left = start ? start + PROVINCE_GAP : 0;
  const perRow = Math.ceil(folded.length / rows);
  return { folded, left, perRow, rows: Math.ceil(folded.length / perRow), right: left + perRow * PITCH };
}

function placeGroups(grid, top) {
  const groups = new Map();
  grid.folded.forEach((province, at) => {
    const [row, column] = [Math.floor(at / grid.perRow), at % grid.perRow];
    const box = [grid.left + column * PITCH + GUTTER, top + row * (GROUP_HEIGHT + ROW_GAP), CARD, GROUP_HEIGHT];
    groups.set(province, { box, row: (row === 0) + 2 * (row === grid.rows - 1) });
  });
  return groups;
}

/** What spans all provinces is seated in the width that there is now: balanced rows, each in the middle. */
function centralSeats(nodes, width) {
  const cells = new Map();
  const seats = new Map();
  nodes.forEach((node, index) => {
    if (node.province < 0 && node.row) cells.set(node.layer, [...(cells.get(node.layer) || []), index]);
  });
  for (const cell of cells.values()) {
    cell.sort((a, b) => nodes[a].box[1] - nodes[b].box[1] || nodes[a].box[0] - nodes[b].box[0]);
    const fit = Math.max(1, Math.min(MOST_CENTRAL, Math.floor(Math.max(width, 5 * PITCH) / PITCH)));
    const count = Math.ceil(cell.length / fit);
    const perRow = Math.ceil(cell.length / count);
    let y = 0;
    for (let row = 0; row < count; row++) {
      const inRow = cell.slice(row * perRow, (row + 1) * perRow);
      const x = (width - (count === 1 ? inRow.length : perRow) * PITCH) / 2 + GUTTER;
      inRow.forEach((index, at) => {
        const [, , w, h] = nodes[index].box;
        seats.set(index, [x + at * PITCH, y, w, h, (row === 0) + 2 * (row === count - 1)]);
      });
      y += Math.max(...inRow.map((index) => nodes[index].box[3])) + ROW_GAP;
    }
  }
  moveMarks(nodes, seats);
  return seats;
}

/** Tasks and targets stay where they are inside their card: they go with the card that they lie in. */
function moveMarks(nodes, seats) {
  const cards = [...seats].map(([index, seat]) => [nodes[index], seat]);
  nodes.forEach((node, index) => {
    if (node.province >= 0 || node.row) return;
    const [x, y, w, h] = node.box;
    const holds = ([{ layer, box }]) => layer === node.layer && x >= box[0] && x <= box[0] + box[2] && y >= box[1] && y <= box[1] + box[3];
    const [card, seat] = cards.find(holds);
    seats.set(index, [x - card.box[0] + seat[0], y - card.box[1] + seat[1], w, h, 0]);
  });
}

function layerHeights(data, isOpen, central) {
  const heights = data.layers.map(() => 0);
  data.nodes.forEach((node, index) => {
    if (!isOpen(node.province)) return;
    const [, y, , h] = central.get(index) || node.box;
    heights[node.layer] = Math.max(heights[node.layer], y + h);
  });
  return heights;
}

/** The top of each layer; layers in which nothing is unfolded take no room. */
function layerTops(data, heights, hasDistricts, gapAfter) {
  const firstLower = data.layers.findIndex((layer) => layer.rank > 0);
  const tops = [];
  const bandTops = new Map();
  let [y, before, groupTop] = [0, -1, 0];
  data.layers.forEach(({ rank }, layer) => {
    const shown = heights[layer] > 0;
    if (layer === firstLower || (shown && rank !== before)) {
      if (!bandTops.has(rank)) bandTops.set(rank, y);
      y += 2 * BAND_PADDING;
      if (layer === firstLower) y += PROVINCE_HEADER;
      if (before <= 1 && rank > 1 && hasDistricts) y += DISTRICT_HEADER;
      before = rank;
    }
    if (layer === firstLower) groupTop = y;
    tops.push(y);
    if (shown) y += heights[layer] + gapAfter(layer);
  });
  return { tops, bandTops, groupTop: firstLower < 0 ? y : groupTop, firstLower, bottom: y };
}

/** Each level that has something in it: its name, and from which y to which. */
function bandsOf(data, rows, heights, bottom) {
  const bands = [...rows.bandTops].map(([rank, top]) => ({ name: data.levels[Math.min(rank, data.levels.length - 1)], top }));
  bands.forEach((band, at) => {
    band.bottom = at + 1 < bands.length ? bands[at + 1].top : bottom + 2 * BAND_PADDING;
  });
  return bands;
}

/** The frames of unfolded provinces and of their districts. */
function framesOf(data, columns, rows, bottom) {
  const frames = [];
  const lower = [...rows.bandTops].find(([rank]) => rank > 1);
  const isFirst = lower && lower[1] === Math.min(...[...rows.bandTops].filter(([rank]) => rank > 0).map(([, y]) => y));
  const top = rows.groupTop - PROVINCE_HEADER - (isFirst && columns.hasDistricts ? DISTRICT_HEADER : 0);
  for (const province of columns.open) {
    const { name, width, districts } = data.provinces[province];
    frames.push({ name, province, depth: 1, box: [columns.left[province] - PADDING, top, width + 2 * PADDING, bottom - top + BAND_PADDING] });
    if (!lower) continue;
    const start = lower[1] + 2 * BAND_PADDING + (isFirst ? PROVINCE_HEADER : 0);
    for (const district of districts) {
      const box = [columns.left[province] + district.left, start, district.width, bottom - start + BAND_PADDING];
      frames.push({ name: district.name, province, depth: 2, box });
    }
  }
  return frames;
}

function extentOf(width, boxes, bottom) {
  const xs = boxes.filter(Boolean).flatMap((box) => [box[0], box[0] + box[2]]);
  let [left, right] = [0, Math.max(width, 100)];
  for (const x of xs) [left, right] = [Math.min(left, x), Math.max(right, x)];
  return [left - GUTTER, 0, right - left + 2 * GUTTER, Math.max(bottom, 100)];
}
