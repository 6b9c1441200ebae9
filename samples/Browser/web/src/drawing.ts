import cytoscape from "cytoscape";
import type { Graph } from "./answers";

/** The graph as a drawing: it follows what the replica shows, and tells what is chosen in it. */
export class Drawing {
  readonly #cytoscape: cytoscape.Core;
  readonly #colours = window.matchMedia("(prefers-color-scheme: dark)");
  #isEmpty = true;

  constructor(container: HTMLElement, onChoose: (id: string | undefined) => void) {
    this.#cytoscape = cytoscape({ container, minZoom: 0.2, maxZoom: 1.5, autounselectify: true });
    this.#cytoscape.on("tap", (event) => onChoose(event.target === this.#cytoscape ? undefined : event.target.isNode() ? event.target.id() : undefined));
    this.#colours.addEventListener("change", () => this.#paint());
    new ResizeObserver(() => this.#cytoscape.resize()).observe(container);
    this.#paint();
  }

  /** Draws what has changed; what stays keeps its place. */
  show(graph: Graph): void {
    const wanted = new Map(elementsOf(graph).map((element) => [element.data.id!, element]));
    const gone = this.#cytoscape.elements().filter((drawn) => !wanted.has(drawn.id()));
    const added = [...wanted.values()].filter(({ data }) => this.#cytoscape.getElementById(data.id!).empty());
    this.#cytoscape.batch(() => {
      gone.remove();
      this.#cytoscape.add(added);
      if (this.#isEmpty) this.#place();
      for (const { data } of wanted.values()) this.#cytoscape.getElementById(data.id!).data(data);
    });
    // Another edge is no reason to move everything about.
    if (gone.nodes().nonempty() || added.some(({ data }) => data["source"] === undefined)) this.#arrange();
  }

  choose(id: string | undefined): void {
    this.#cytoscape.elements().removeClass("chosen");
    if (id !== undefined) this.#cytoscape.getElementById(id).addClass("chosen");
  }

  fit(): void {
    this.#cytoscape.fit(undefined, 30);
  }

  // On a circle in the order of their ids, not at random: windows that show the same graph arrange it alike.
  #place(): void {
    const nodes = this.#cytoscape.nodes().sort((one, other) => (one.id() < other.id() ? -1 : 1));
    nodes.forEach((node, index) => {
      const angle = (2 * Math.PI * index) / nodes.length;
      node.position({ x: 300 * Math.cos(angle), y: 300 * Math.sin(angle) });
    });
  }

  #arrange(): void {
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#cytoscape
      .layout({ name: "cose", animate: this.#isEmpty || isCalm ? false : "end", animationDuration: 300, randomize: false, nodeRepulsion: () => 60_000, idealEdgeLength: () => 70, padding: 30 } as cytoscape.CoseLayoutOptions)
      .run();
    this.#isEmpty = this.#cytoscape.elements().empty();
  }

  // The drawing is a canvas, which style sheets don't reach, so it asks for the page's colours.
  #paint(): void {
    const page = getComputedStyle(document.documentElement);
    const colour = (name: string) => page.getPropertyValue(`--${name}`).trim();
    this.#cytoscape.style([
      { selector: "node", style: { label: "data(label)", color: colour("ink"), "font-size": 13, "text-wrap": "wrap", "text-valign": "bottom", "text-margin-y": 4, "background-color": colour("person"), width: 26, height: 26 } },
      { selector: "node.place", style: { shape: "round-rectangle", "background-color": colour("place"), width: 34, height: 26 } },
      { selector: "edge", style: { width: 2, "line-color": colour("edge"), "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": colour("edge") } },
      { selector: "edge.lives-in", style: { "line-style": "dashed" } },
      { selector: "node.chosen", style: { "outline-width": 3, "outline-offset": 3, "outline-color": colour("ink") } },
    ]);
  }
}

function elementsOf({ nodes, edges }: Graph): cytoscape.ElementDefinition[] {
  return [
    ...nodes.map((node) => ({ data: { id: node.id, label: labelOf(node) }, classes: node.kind })),
    ...edges.map(({ kind, source, target }) => ({ data: { id: `${source} ${target}`, source, target }, classes: kind.replace(" ", "-") })),
  ];
}

function labelOf({ kind, name, tags, stock }: Graph["nodes"][number]): string {
  const below = kind === "place" ? `${stock} in stock` : tags.map((tag) => `#${tag}`).join(" ");
  return below === "" ? name : `${name}\n${below}`;
}
