import { GUTTER } from "./stack.js";

/**
 * The lines of the cascade: out of the upper document, along a lane in the gap below it, down to the lower one.
 * Lines from one document share its lane, so that a hundred plans under one directive are one clean comb.
 */

const LANE = 7;
const [FIRST_LANE, AFTER_LANES] = [12, 14];
const MOST_LANES = 14;
const BIN = 6;
const ROW_GAP = 12;
const [IN_FIRST_ROW, IN_LAST_ROW] = [1, 2];

/** The lines' lower and upper ends: nodes, or the cards of folded provinces that they stand in. */
export class Routes {
  /**
   * @param {object} data
   * @param {object} stacked what `stack` returned (its x does not depend on the room for lanes)
   * @param {[number, number][]} pairs numbers of lower and upper documents
   */
  constructor(data, stacked, pairs) {
    Object.assign(this, { data, stacked });
    this.taken = data.layers.map(() => new Set());
    stacked.boxes.forEach((box, index) => {
      if (box && data.nodes[index].row) this.#take(data.nodes[index].layer, box);
    });
    this.pairs = pairs.filter(([lower, upper]) => this.#isDownward(lower, upper));
    this.#share();
  }

  #take(layer, box) {
    for (let bin = Math.floor(box[0] / BIN); bin <= Math.floor((box[0] + box[2]) / BIN); bin++) this.taken[layer].add(bin);
  }

  /** Where an end stands: its box, layer and row; a folded province stands for what is in it. */
  #end(index) {
    const { nodes } = this.data;
    const box = this.stacked.boxes[index];
    if (box) return { box, layer: nodes[index].layer, row: this.stacked.rows[index] };
    const group = this.stacked.groups.get(nodes[index].province);
    return group && { ...group, layer: this.stacked.firstLower, isGroup: true };
  }

  #isDownward(lower, upper) {
    const [low, up] = [this.#end(lower), this.#end(upper)];
    return low && up && !up.isGroup && up.layer < low.layer;
  }

  #isFree(low, up) {
    if (!(low.row & IN_FIRST_ROW)) return false;
    const bin = Math.floor(middle(low.box) / BIN);
    for (let layer = up.layer + 1; layer < low.layer; layer++) if (this.taken[layer].has(bin)) return false;
    return true;
  }

  /** Give each upper document a lane that no other one's lines overlap. */
  #share() {
    const reach = new Map();
    for (const [lower, upper] of this.pairs) {
      const [low, up] = [this.#end(lower), this.#end(upper)];
      const own = up.row & IN_LAST_ROW ? middle(up.box) : gutter(up.box);
      const [from, to] = reach.get(upper) || [own, own];
      const x = this.#isFree(low, up) ? middle(low.box) : gutter(low.box);
      reach.set(upper, [Math.min(from, x), Math.max(to, x)]);
    }
    this.lanes = new Map();
    this.ends = this.data.layers.map(() => []);
    const layer = (upper) => this.data.nodes[upper].layer;
    for (const [upper, [from, to]] of [...reach].sort((a, b) => layer(a[0]) - layer(b[0]) || a[1][0] - b[1][0] || a[0] - b[0])) {
      const taken = this.ends[layer(upper)];
      const found = taken.findIndex((end) => end < from - LANE);
      const lane = Math.min(found < 0 ? taken.length : found, MOST_LANES - 1);
      taken[lane] = to;
      this.lanes.set(upper, lane);
    }
  }

  /** The room that the lanes below a layer need. */
  gapAfter(layer) {
    const lanes = this.ends[layer].length;
    return lanes ? FIRST_LANE + LANE * lanes + AFTER_LANES : ROW_GAP;
  }

  /**
   * The corners of every line, x and y in turn, from the lower document up to the upper one.
   * @param {object} stacked the final one, with room for the lanes
   * @returns {Map<string, number[]>} by "lower upper"
   */
  corners(stacked) {
    this.stacked = stacked;
    return new Map(this.pairs.map(([lower, upper]) => [`${lower} ${upper}`, this.#corners(this.#end(lower), this.#end(upper), upper)]));
  }

  #corners(low, up, upper) {
    const bus = this.stacked.bottoms[up.layer] + FIRST_LANE + LANE * this.lanes.get(upper);
    const points = this.#isFree(low, up) ? [middle(low.box), low.box[1], middle(low.box), bus] : aside(low.box, bus);
    const end = [middle(up.box), up.box[1] + up.box[3]];
    if (up.row & IN_LAST_ROW) return [...points, end[0], bus, ...end];
    const turn = end[1] + ROW_GAP / 2;
    return [...points, gutter(up.box), bus, gutter(up.box), turn, end[0], turn, ...end];
  }
}

function middle(box) {
  return box[0] + box[2] / 2;
}

function gutter(box) {
  return box[0] - GUTTER / 2;
}

/** Into a card from its left side, out of the gutter. */
function aside(box, bus) {
  const y = box[1] + Math.min(box[3], 44) / 2;
  return [box[0], y, gutter(box), y, gutter(box), bus];
}
