import { button, byId, element, table } from "../dom";
import { reasonOf } from "../errors";
import type { Replica } from "../replica";

const examples = [
  ["Who knows whom", "MATCH (p:Person)-[:KNOWS]->(q:Person)\nRETURN p.Name, q.Name ORDER BY p.Name, q.Name"],
  ["Friends of friends", "MATCH (p:Person)-[:KNOWS]->(:Person)-[:KNOWS]->(q:Person)\nWHERE p.Name <> q.Name\nRETURN p.Name, q.Name, count(*) AS ways ORDER BY ways DESC, p.Name, q.Name"],
  ["Who cooks", "MATCH (p:Person)\nWHERE json_contains(p.Tags, '\"cooks\"')\nRETURN p.Name, p.Tags ORDER BY p.Name"],
  ["Stock by place", "MATCH (p:Person)-[:LIVES_IN]->(l:Place)\nRETURN l.Name, l.Stock, count(p) AS people ORDER BY l.Name"],
] as const;

/** Cypher, typed by a person and answered by the graph database of this browser. */
export class Cypher {
  readonly #text = byId<HTMLTextAreaElement>("query");
  readonly #result = byId("result");
  readonly #button = byId<HTMLButtonElement>("run");

  constructor(private readonly replica: Replica) {
    this.#text.value = examples[0][1];
    this.#text.onkeydown = (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void this.#run();
    };
    this.#button.onclick = () => void this.#run();
    byId("examples").append(...examples.map(([title, query]) => button(title, () => this.#take(query), { className: "chip" })));
  }

  #take(query: string): void {
    this.#text.value = query;
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#button.disabled) return; // One at a time, so that no earlier answer replaces a later one.
    this.#button.disabled = true;
    try {
      const { columns, rows, count, milliseconds } = await this.replica.ask(this.#text.value);
      const rest = count > rows.length ? `, of which the first ${rows.length} are shown` : "";
      this.#result.replaceChildren(element("p", { className: "hint" }, `${count} ${count === 1 ? "row" : "rows"} in ${milliseconds.toFixed(0)} ms${rest}`), element("div", { className: "wide" }, table(columns, rows)));
    } catch (error) {
      this.#result.replaceChildren(element("p", { className: "error", role: "alert" }, reasonOf(error)));
    } finally {
      this.#button.disabled = false;
    }
  }
}
