import type { Graph, Node } from "../answers";
import { button, byId, element } from "../dom";
import type { Change } from "../errors";
import type { Replica } from "../replica";

type Control = HTMLInputElement | HTMLSelectElement;

/** What is known of the node that was chosen, to be changed. */
export class Details {
  readonly #panel = byId("details");
  #node: Node | undefined;
  #shown = "";

  constructor(
    private readonly replica: Replica,
    private readonly change: Change,
  ) {}

  /** Shows a node as it is now. Where nothing of it has changed, nothing moves; otherwise, what somebody is about to say stays. */
  show(graph: Graph, chosen: string | undefined): void {
    const node = graph.nodes.find(({ id }) => id === chosen);
    const shown = JSON.stringify([node, graph.nodes.map(({ id, name }) => [id, name]), graph.edges.filter(({ source, target }) => source === chosen || target === chosen)]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const [focused, said] = [this.#panel.contains(document.activeElement) ? (document.activeElement as HTMLElement).id : undefined, node?.id === this.#node?.id ? this.#said() : []];
    this.#node = node;
    this.#panel.hidden = node === undefined;
    this.#panel.replaceChildren(...(node === undefined ? [] : this.#controls(node, graph)));
    for (const say of said) say();
    if (focused !== undefined) this.#focus(focused);
  }

  #controls(node: Node, graph: Graph): HTMLElement[] {
    const own = node.kind === "person" ? [this.#tags(node), this.#home(node, graph), this.#friends(node, graph)] : [this.#stock(node), this.#residents(node, graph)];
    return [this.#name(node), ...own, this.#removal(node)];
  }

  /** What was typed or chosen and not yet sent, to be said again in the controls that replace these. */
  #said(): (() => void)[] {
    const controls = [...this.#panel.querySelectorAll<Control>("input, select")];
    return controls
      .filter((control) => control === document.activeElement || control.value !== control.dataset["shown"])
      .map((control) => {
        const [id, value, isChanged] = [control.id, control.value, control.value !== control.dataset["shown"]];
        const range = control instanceof HTMLInputElement ? ([control.selectionStart, control.selectionEnd] as const) : undefined;
        return () => {
          const made = document.getElementById(id);
          if (isChanged && (made instanceof HTMLInputElement || made instanceof HTMLSelectElement)) made.value = value;
          if (range !== undefined && made instanceof HTMLInputElement) made.setSelectionRange(...range);
        };
      });
  }

  // Who deleted something, or removed a tag, goes on from beside it.
  #focus(id: string): void {
    const found = document.getElementById(id) ?? this.#panel.querySelector<HTMLElement>("input") ?? document.querySelector<HTMLElement>("#outline button");
    found?.focus();
  }

  #name(node: Node): HTMLElement {
    const input = element("input", { id: "name", value: node.name, required: true, maxLength: 60, autocomplete: "off", dir: "auto" });
    return form("Name", input, "Rename", (name) => {
      input.dataset["shown"] = name; // It isn't being typed any more, so it gives way to what the graph says.
      this.change(this.replica.rename(node.id, name));
    });
  }

  #tags(node: Node): HTMLElement {
    const input = element("input", { id: "tag", maxLength: 30, autocomplete: "off", required: true, dir: "auto" });
    const adding = form("Tag", input, "Add", (tag) => {
      input.value = "";
      this.change(this.replica.tag(node.id, tag));
    });
    return element("div", {}, adding, chips(node.tags.map((tag) => chip(`tag ${tag}`, `#${tag}`, () => this.change(this.replica.untag(node.id, tag))))));
  }

  #home(node: Node, graph: Graph): HTMLElement {
    const home = graph.edges.find(({ kind, source }) => kind === "lives in" && source === node.id)?.target;
    const places = graph.nodes.filter(({ kind }) => kind === "place");
    const select = element("select", { id: "home" }, element("option", { value: "" }, "nowhere"), ...places.map(({ id, name }) => element("option", { value: id }, name)));
    select.value = home ?? "";
    return form("Lives in", select, "Move", (place) => {
      select.dataset["shown"] = place;
      if (place !== "") this.change(this.replica.connect(node.id, place));
      else if (home !== undefined) this.change(this.replica.disconnect(node.id, home));
    });
  }

  #friends(node: Node, graph: Graph): HTMLElement {
    const known = new Set(graph.edges.filter(({ kind, source }) => kind === "knows" && source === node.id).map(({ target }) => target));
    const people = graph.nodes.filter(({ kind, id }) => kind === "person" && id !== node.id);
    const others = people.filter(({ id }) => !known.has(id)).map(({ id, name }) => element("option", { value: id }, name));
    const select = element("select", { id: "knows", required: true }, element("option", { value: "" }, "somebody else…"), ...others);
    const adding = form("Knows", select, "Add", (other) => {
      select.value = "";
      this.change(this.replica.connect(node.id, other));
    });
    const friends = people.filter(({ id }) => known.has(id));
    return element("div", {}, adding, chips(friends.map(({ id, name }) => chip(`knows ${id}`, name, () => this.change(this.replica.disconnect(node.id, id))))));
  }

  #stock(node: Node): HTMLElement {
    const step = (label: string, by: number) => button(label, () => this.change(this.replica.count(node.id, by)), { id: `stock ${by}` });
    const stepper = element("span", { className: "stepper", role: "group", aria: { label: "Stock" } }, step("−1", -1), element("strong", {}, `${node.stock}`), step("+1", 1), step("+10", 10));
    return element("div", { className: "row" }, "In stock", stepper);
  }

  #residents(node: Node, graph: Graph): HTMLElement {
    const here = graph.edges.filter(({ kind, target }) => kind === "lives in" && target === node.id).map(({ source }) => graph.nodes.find(({ id }) => id === source)?.name);
    return element("p", {}, here.length === 0 ? "Nobody lives here." : `Lives here: ${here.join(", ")}`);
  }

  #removal(node: Node): HTMLElement {
    return button(`Delete ${node.name}`, () => this.change(this.replica.remove(node.id)), { id: "delete", className: "danger" });
  }
}

const chips = (made: HTMLElement[]): HTMLElement => element("div", { className: "chips" }, ...made);

const chip = (id: string, text: string, onclick: () => void): HTMLElement =>
  element("button", { id, type: "button", className: "chip", onclick }, `${text} `, element("span", { aria: { hidden: "true" } }, "×"), element("span", { className: "unseen" }, "remove"));

/** A control with its name before it and a button behind it, which sends what it says. */
function form(caption: string, control: Control, label: string, send: (value: string) => void): HTMLElement {
  control.dataset["shown"] = control.value;
  const made = element("form", { className: "row" }, element("label", { htmlFor: control.id }, caption), control, element("button", { id: `send ${control.id}` }, label));
  made.onsubmit = (event) => {
    event.preventDefault();
    const value = control.value.trim();
    if (value !== "" || !control.required) send(value);
  };
  return made;
}
