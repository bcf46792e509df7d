/**
 * The methods of a canvas that the painter uses, writing SVG: so that the saved and the printed picture are what the
 * screen shows, sharp at every size. Texts are text.
 */
export class SvgContext {
  /** @param {(font: string, text: string) => TextMetrics} measure */
  constructor(width, height, measure) {
    Object.assign(this, { width, height, measure });
    this.parts = [];
    this.matrix = [1, 0, 0, 1, 0, 0];
    this.dash = [];
    this.saved = [];
    this.globalAlpha = this.lineWidth = 1;
    this.font = "10px sans-serif";
  }

  toString() {
    const size = `width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${this.parts.join("\n")}\n</svg>\n`;
  }

  setTransform(...matrix) {
    this.matrix = matrix;
  }

  translate(x, y) {
    this.#multiply([1, 0, 0, 1, x, y]);
  }

  rotate(angle) {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.#multiply([cos, sin, -sin, cos, 0, 0]);
  }

  #multiply([a2, b2, c2, d2, e2, f2]) {
    const [a, b, c, d, e, f] = this.matrix;
    this.matrix = [a * a2 + c * b2, b * a2 + d * b2, a * c2 + c * d2, b * c2 + d * d2, a * e2 + c * f2 + e, b * e2 + d * f2 + f];
  }

  save() {
    this.saved.push(this.matrix);
  }

  restore() {
    this.matrix = this.saved.pop();
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.current = "";
  }

  moveTo(x, y) {
    this.current += `M${short(x)} ${short(y)}`;
  }

  lineTo(x, y) {
    this.current += `L${short(x)} ${short(y)}`;
  }

  closePath() {
    this.current += "Z";
  }

  rect(x, y, width, height) {
    this.current += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  roundRect(x, y, width, height, radius) {
    const r = Math.min(radius, width / 2, height / 2);
    const arc = (dx, dy) => `a${short(r)} ${short(r)} 0 0 1 ${short(dx)} ${short(dy)}`;
    this.current += `M${short(x + r)} ${short(y)}h${short(width - 2 * r)}${arc(r, r)}v${short(height - 2 * r)}${arc(-r, r)}` +
      `h${short(2 * r - width)}${arc(-r, -r)}v${short(2 * r - height)}${arc(r, -r)}Z`;
  }

  fillRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  fill(path = this.current) {
    if (path) this.#add("path", { d: path, fill: this.fillStyle });
  }

  stroke(path = this.current) {
    const dash = this.dash.length ? { "stroke-dasharray": this.dash.join(" ") } : {};
    if (path) this.#add("path", { d: path, fill: "none", stroke: this.strokeStyle, "stroke-width": short(this.lineWidth), ...dash });
  }

  fillText(text, x, y) {
    const [, weight, size, family] = this.font.match(/^(\S+) (\S+)px (.*)$/);
    const anchor = { center: "middle", left: "start" }[this.textAlign];
    // "dominant-baseline" is not known to every program that opens SVG
    const down = this.textBaseline === "middle" ? Number(size) * 0.36 : 0;
    const look = { "font-family": family, "font-size": size, "font-weight": weight, "text-anchor": anchor, fill: this.fillStyle };
    this.#add("text", { x: short(x), y: short(y + down), ...look }, text);
  }

  measureText(text) {
    return this.measure(this.font, text);
  }

  #add(name, attributes, text) {
    const opacity = this.globalAlpha < 1 ? { opacity: short(this.globalAlpha) } : {};
    const matrix = this.matrix.map((value) => Math.round(value * 1e4) / 1e4).join(" ");
    const moved = matrix === "1 0 0 1 0 0" ? {} : { transform: `matrix(${matrix})` };
    const said = Object.entries({ ...attributes, ...opacity, ...moved }).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
    this.parts.push(text === undefined ? `<${name}${said.join("")}/>` : `<${name}${said.join("")}>${escaped(text)}</${name}>`);
  }
}

function short(value) {
  return Math.round(value * 10) / 10;
}

/** Text that an XML parser reads as just this text; letters that XML cannot hold are left out. */
function escaped(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (letter) => names[letter]);
}
