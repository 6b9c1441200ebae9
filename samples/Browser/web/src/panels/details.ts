import type { Graph, Node } from "../answers";
import { button, byId, element } from "../dom";
import type { Replica } from "../replica";

type Change = (work: Promise<unknown>) => void;

/** What is known of the node that was chosen, to be changed. */
export class Details {
  readonly #panel = byId("details");
  #node: Node | undefined;

  constructor(
    private readonly replica: Replica,
    private readonly change: Change,
  ) {}

  /** Shows a node as it is now. What somebody is typing stays. */
  show(graph: Graph, chosen: string | undefined): void {
    const node = graph.nodes.find(({ id }) => id === chosen);
    const typed = this.#typed(node);
    this.#node = node;
    this.#panel.hidden = node === undefined;
    if (node === undefined) return this.#panel.replaceChildren();
    this.#panel.replaceChildren(this.#name(node), ...(node.kind === "person" ? [this.#tags(node), this.#home(node, graph), this.#friends(node, graph)] : [this.#stock(node), this.#residents(node, graph)]), this.#removal(node));
    if (typed === undefined) return;
    const control = document.getElementById(typed.id) ?? byId("name"); // A tag that was removed had the focus.
    if (typed.value !== undefined && control instanceof HTMLInputElement) control.value = typed.value;
    control.focus();
  }

  /** What has the focus, and what was typed there and not yet sent. */
  #typed(node: Node | undefined): { id: string; value: string | undefined } | undefined {
    const active = document.activeElement;
    if (node === undefined || node.id !== this.#node?.id || active === null || active.id === "" || !this.#panel.contains(active)) return undefined;
    const isTyped = active instanceof HTMLInputElement && active.value !== active.defaultValue;
    return { id: active.id, value: isTyped ? active.value : undefined };
  }

  #name(node: Node): HTMLElement {
    const input = element("input", { id: "name", defaultValue: node.name, required: true, maxLength: 60, autocomplete: "off" });
    return form("Rename", input, "Name", (name) => this.change(this.replica.rename(node.id, name)), false);
  }

  #tags(node: Node): HTMLElement {
    const chips = node.tags.map((tag) => button(`#${tag} ×`, () => this.change(this.replica.untag(node.id, tag)), { id: `tag ${tag}`, className: "chip", aria: { label: `Remove the tag ${tag}` } }));
    const input = element("input", { id: "tag", maxLength: 30, autocomplete: "off", required: true });
    return element("div", {}, element("div", { className: "chips" }, ...chips), form("Add", input, "Tag", (tag) => this.change(this.replica.tag(node.id, tag)), true));
  }

  #home(node: Node, graph: Graph): HTMLElement {
    const home = graph.edges.find(({ kind, source }) => kind === "lives in" && source === node.id)?.target;
    const places = graph.nodes.filter(({ kind }) => kind === "place");
    const select = element("select", { id: "home" }, element("option", { value: "" }, "nowhere"), ...places.map(({ id, name }) => element("option", { value: id, selected: id === home }, name)));
    select.onchange = () => this.change(select.value !== "" ? this.replica.connect(node.id, select.value) : home !== undefined ? this.replica.disconnect(node.id, home) : Promise.resolve());
    return element("label", { className: "row" }, "Lives in", select);
  }

  #friends(node: Node, graph: Graph): HTMLElement {
    const known = graph.edges.filter(({ kind, source }) => kind === "knows" && source === node.id).map(({ target }) => target);
    const people = graph.nodes.filter(({ kind, id }) => kind === "person" && id !== node.id);
    const chips = people
      .filter(({ id }) => known.includes(id))
      .map(({ id, name }) => button(`${name} ×`, () => this.change(this.replica.disconnect(node.id, id)), { id: `knows ${id}`, className: "chip", aria: { label: `${node.name} doesn't know ${name} any more` } }));
    const others = people.filter(({ id }) => !known.includes(id)).map(({ id, name }) => element("option", { value: id }, name));
    const select = element("select", { id: "knows" }, element("option", { value: "" }, "somebody else…"), ...others);
    select.onchange = () => select.value !== "" && this.change(this.replica.connect(node.id, select.value));
    return element("div", {}, element("label", { className: "row" }, "Knows", select), element("div", { className: "chips" }, ...chips));
  }

  #stock(node: Node): HTMLElement {
    const step = (label: string, by: number) => button(label, () => this.change(this.replica.count(node.id, by)), { id: `stock${by}`, aria: { label: `${by < 0 ? "Take" : "Bring"} ${Math.abs(by)}` } });
    return element("div", { className: "row" }, "In stock", element("span", { className: "stepper" }, step("−1", -1), element("strong", {}, `${node.stock}`), step("+1", 1), step("+10", 10)));
  }

  #residents(node: Node, graph: Graph): HTMLElement {
    const here = graph.edges.filter(({ kind, target }) => kind === "lives in" && target === node.id).map(({ source }) => graph.nodes.find(({ id }) => id === source)?.name);
    return element("p", {}, here.length === 0 ? "Nobody lives here." : `Lives here: ${here.join(", ")}`);
  }

  #removal(node: Node): HTMLElement {
    return button(`Delete ${node.name}`, () => this.change(this.replica.remove(node.id)), { id: "delete", className: "danger" });
  }
}

function form(label: string, input: HTMLInputElement, caption: string, send: (value: string) => void, empties: boolean): HTMLElement {
  const made = element("form", { className: "row" }, element("label", { htmlFor: input.id }, caption), input, element("button", {}, label));
  made.onsubmit = (event) => {
    event.preventDefault();
    const value = input.value.trim();
    if (value === "") return;
    if (empties) input.value = "";
    // What was sent isn't being typed any more, so it gives way to what the graph says.
    else input.defaultValue = input.value;
    send(value);
  };
  return made;
}
