/** The panels beside the drawing, one at a time, after the ARIA pattern of tabs: arrows move among them. */
export class Tabs {
  readonly #tabs = [...document.querySelectorAll<HTMLButtonElement>("[role=tab]")];

  constructor(private readonly onShow: () => void) {
    for (const tab of this.#tabs) {
      tab.onclick = () => this.show(tab.getAttribute("aria-controls")!);
      tab.onkeydown = (event) => this.#move(event, tab);
    }
  }

  get shown(): string {
    return this.#tabs.find((tab) => tab.getAttribute("aria-selected") === "true")!.getAttribute("aria-controls")!;
  }

  show(panel: string): void {
    for (const tab of this.#tabs) {
      const isShown = tab.getAttribute("aria-controls") === panel;
      tab.setAttribute("aria-selected", `${isShown}`);
      tab.tabIndex = isShown ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")!)!.hidden = !isShown;
    }
    this.onShow();
  }

  #move({ key, altKey }: KeyboardEvent, from: HTMLButtonElement): void {
    if (altKey) return; // That goes back in the browser's history.
    const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const next = this.#tabs[(this.#tabs.indexOf(from) + step + this.#tabs.length) % this.#tabs.length]!;
    next.focus();
    this.show(next.getAttribute("aria-controls")!);
  }
}
