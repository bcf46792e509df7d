const CLOSEST = 4;
const FARTHEST = 0.01;
const MOVE_MS = 220;

/** Which part of the picture is seen: `x`, `y` is the picture's point at the left top corner, `scale` pixels a unit. */
export class Camera {
  /** @param {() => void} changed called after every move */
  constructor(changed) {
    this.x = 0;
    this.y = 0;
    this.scale = 1;
    this.width = 1;
    this.height = 1;
    this.changed = changed;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.moving = 0;
  }

  /** @returns {[number, number]} the picture's point below a pixel */
  point(px, py) {
    return [this.x + px / this.scale, this.y + py / this.scale];
  }

  pan(dx, dy) {
    cancelAnimationFrame(this.moving);
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.changed();
  }

  /** Zoom by a factor, keeping the point below a pixel where it is. */
  zoom(factor, px = this.width / 2, py = this.height / 2) {
    cancelAnimationFrame(this.moving);
    const [x, y] = this.point(px, py);
    this.scale = Math.min(CLOSEST, Math.max(FARTHEST, this.scale * factor));
    this.x = x - px / this.scale;
    this.y = y - py / this.scale;
    this.changed();
  }

  /** Move in a short glide, or at once for those who want no motion. */
  go(x, y, scale) {
    cancelAnimationFrame(this.moving);
    if (this.still.matches) {
      Object.assign(this, { x, y, scale });
      this.changed();
      return;
    }
    const from = { x: this.x, y: this.y, scale: this.scale };
    const start = performance.now();
    const glide = (now) => {
      const t = Math.min(1, Math.max(0, (now - start) / MOVE_MS));
      const ease = 1 - (1 - t) ** 3;
      this.x = from.x + (x - from.x) * ease;
      this.y = from.y + (y - from.y) * ease;
      this.scale = from.scale + (scale - from.scale) * ease;
      this.changed();
      if (t < 1) this.moving = requestAnimationFrame(glide);
    };
    this.moving = requestAnimationFrame(glide);
  }

  /**
   * Where to stand so that a rectangle is seen whole, but not smaller than `least` allows; then its top middle is.
   * @returns {[number, number, number]} x, y, scale for `go`
   */
  framing([left, top, width, height], least, margin) {
    const inside = [this.width - margin.left - margin.right, this.height - margin.top - margin.bottom];
    const whole = Math.min(inside[0] / width, inside[1] / height);
    const scale = Math.max(Math.min(whole, 1.1), least);
    const x = left + width / 2 - (margin.left + inside[0] / 2) / scale;
    const isWhole = scale <= whole;
    const y = isWhole ? top + height / 2 - (margin.top + inside[1] / 2) / scale : top - margin.top / scale;
    return [x, y, scale];
  }
}

/**
 * Let pointer and wheel move the camera.
 * @param {HTMLCanvasElement} canvas
 * @param {Camera} camera
 * @param {{click: (x: number, y: number) => void, hover: (x: number, y: number) => void}} act
 */
export function steer(canvas, camera, act) {
  const pointers = new Map();
  let travelled = 0;
  const place = (event) => [event.offsetX, event.offsetY];
  canvas.addEventListener("pointerdown", (event) => {
    if (!pointers.size) travelled = 0;
    pointers.set(event.pointerId, place(event));
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    const now = place(event);
    if (!before) {
      if (event.pointerType === "mouse") act.hover(...now);
      return;
    }
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    travelled += Math.hypot(dx, dy);
    if (pointers.size === 2) pinch(event.pointerId, before, now);
    else if (travelled > 4) {
      canvas.classList.add("grabbing");
      camera.pan(dx, dy);
    }
    pointers.set(event.pointerId, now);
  });
  const pinch = (id, before, now) => {
    const other = [...pointers].find(([key]) => key !== id)[1];
    const apart = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]) || 1;
    camera.zoom(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
  };
  const lift = (event) => {
    const was = pointers.delete(event.pointerId);
    if (was && event.type === "pointerup" && travelled <= 4) act.click(...place(event));
    if (!pointers.size) canvas.classList.remove("grabbing");
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => act.hover(-1e6, -1e6));
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      camera.zoom(Math.exp(-event.deltaY * lines * 0.0015), ...place(event));
    },
    { passive: false },
  );
}
