import type { Graph, Node } from "../answers";
import { byId, element } from "../dom";

/** All people and places as lists: what the drawing shows, for the keyboard and for screen readers. */
export class Outline {
  readonly #list = byId("outline");
  #shown = "";

  constructor(private readonly onChoose: (id: string) => void) {
    this.#list.addEventListener("keydown", (event) => this.#move(event));
  }

  show({ nodes, count }: Graph, chosen: string | undefined): void {
    const shown = JSON.stringify([nodes, count, chosen]);
    if (shown === this.#shown) return; // Nobody loses the button that was about to be pressed.
    this.#shown = shown;
    const focused = (document.activeElement as HTMLElement | null)?.dataset["id"];
    this.#list.replaceChildren(
      ...nodes.map((node) => this.#item(node, node.id === chosen)),
      ...(count > nodes.length ? [element("p", { className: "hint" }, `${nodes.length} of ${count} are drawn; Cypher finds all.`)] : []),
    );
    // One tab stop for all, among which the arrows move.
    const items = [...this.#list.querySelectorAll<HTMLElement>("button.node")];
    const current = items.find((item) => item.dataset["id"] === (focused ?? chosen)) ?? items[0];
    for (const item of items) item.tabIndex = item === current ? 0 : -1;
    if (focused !== undefined) current?.focus();
  }

  #item(node: Node, isChosen: boolean): HTMLElement {
    const item = element(
      "button",
      { type: "button", className: `node ${node.kind}`, aria: { pressed: `${isChosen}` }, onclick: () => this.onChoose(node.id) },
      element("span", { dir: "auto" }, node.name),
      element("span", { className: "more" }, node.kind === "place" ? `${node.stock} in stock` : node.tags.map((tag) => `#${tag}`).join(" ")),
    );
    item.dataset["id"] = node.id;
    return item;
  }

  #move(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const items = [...this.#list.querySelectorAll<HTMLElement>("button.node")];
    const [from, to] = [items.indexOf(document.activeElement as HTMLElement), Math.min(items.length - 1, Math.max(0, items.indexOf(document.activeElement as HTMLElement) + step))];
    if (from >= 0) items[from]!.tabIndex = -1;
    items[to]!.tabIndex = 0;
    items[to]!.focus();
  }
}
