/** Light or dark: as the person said, or else as the machine is set; on paper always light. */
export class Theme {
  /**
   * @param {HTMLElement} button switches it, and is called after what it switches to
   * @param {import("./words.js").Words} words
   * @param {{repaint: () => void, switched: () => void}} act called when other colours hold, and when the person said so
   */
  constructor(button, words, act) {
    Object.assign(this, { button, words, act });
    /** What the person said, or null. */
    this.said = null;
    this.machine = matchMedia("(prefers-color-scheme: dark)");
    this.machine.addEventListener("change", () => this.read(this.said));
    // before the picture for paper is drawn
    addEventListener("beforeprint", () => this.#paint("light"), { capture: true });
    addEventListener("afterprint", () => this.read(this.said));
    button.addEventListener("click", () => {
      this.read(this.#other);
      act.switched();
    });
  }

  get #other() {
    return document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  }

  /** @param {string|null} said "dark" or "light"; anything else says nothing */
  read(said) {
    this.said = said === "dark" || said === "light" ? said : null;
    this.#paint(this.said || (this.machine.matches ? "dark" : "light"));
  }

  /** Name the button in the language of the page. */
  say() {
    this.button.textContent = this.words.ui(this.#other);
  }

  #paint(theme) {
    document.documentElement.dataset.theme = theme;
    this.say();
    this.act.repaint();
  }
}
