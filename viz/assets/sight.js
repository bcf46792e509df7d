/** A screen wider than this has room for something beside the picture. */
export const WIDE = 720;
/** The scale at which cards can be read. */
const READABLE = 0.62;

/** Which part of the picture is looked at: what panel, filter and legend leave free of it. */
export class Sight {
  /**
   * @param {import("./camera.js").Camera} camera
   * @param {import("./painter.js").Painter} painter
   * @param {{graph: object, scene: object}} shown
   * @param {{panel: HTMLElement, filter: HTMLElement, legend: HTMLElement}} beside what lies on the picture
   */
  constructor(camera, painter, { graph, scene }, beside) {
    Object.assign(this, { camera, painter, graph, scene, beside });
  }

  /** The room that panel and strip leave for the picture. */
  #margin() {
    const wide = innerWidth > WIDE;
    const { panel, filter, legend } = this.beside;
    const right = wide && !panel.hidden ? panel.offsetWidth : 0;
    const bottom = wide ? 0 : Math.max(panel.offsetHeight, filter.offsetHeight);
    const onLeft = wide ? [filter, legend].filter((root) => root.offsetWidth).map((root) => root.offsetLeft + root.offsetWidth) : [];
    const left = Math.max(this.painter.strip, ...onLeft);
    return { left: left + 14, right: right + 14, top: 30, bottom: bottom + 14 };
  }

  /** Bring a node into sight, if it is not already there at a readable size. */
  reveal(node) {
    const margin = this.#margin();
    const { camera } = this;
    const [x, y, width, height] = node.at;
    const scale = Math.max(camera.scale, READABLE);
    const [left, top] = [(x - camera.x) * camera.scale, (y - camera.y) * camera.scale];
    const seen = left > margin.left && top > margin.top &&
      left + width * camera.scale < camera.width - margin.right && top + height * camera.scale < camera.height - margin.bottom;
    if (seen && camera.scale >= READABLE) return;
    const centre = [(margin.left + camera.width - margin.right) / 2, (margin.top + camera.height - margin.bottom) / 2];
    camera.go(x + width / 2 - centre[0] / scale, y + Math.min(height, 60) / 2 - centre[1] / scale, scale);
  }

  /** Where the page opens: everything, or on a small screen the focus with what stands near it. */
  home() {
    const least = innerWidth > WIDE ? 0.02 : READABLE;
    const [x, y, scale] = this.camera.framing(this.scene.extent, least, this.#margin());
    const focus = this.graph.focus === null ? null : this.graph.nodes[this.graph.focus].at;
    if (!focus || innerWidth > WIDE) return { x, y, scale };
    return { x: focus[0] + focus[2] / 2 - this.camera.width / 2 / scale, y, scale };
  }

  showAll() {
    this.camera.go(...this.camera.framing(this.scene.extent, 0.01, this.#margin()));
  }
}
