import { PackedReader } from "../records/packed";
import type { Statement } from "./engine";
import type { Answer, Request } from "./worker";

/** A graph database in memory, in a worker of its own. */
export class Graph {
  readonly #worker = new Worker(new URL("crdt-graph.js", import.meta.url), { type: "module", name: "kuzu" });
  readonly #waiting = new Map<number, { resolve(result: string): void; reject(error: Error): void }>();
  #last = 0;
  #broken: string | undefined;

  constructor() {
    this.#worker.onmessage = ({ data: { id, result, error, isBroken } }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (isBroken === true) this.#break(`the engine broke: ${error}`);
      if (error === undefined) waiting?.resolve(result ?? "");
      else waiting?.reject(new Error(isBroken === true ? `BrokenError: ${error}` : error));
    };
    this.#worker.onerror = ({ message }) => this.#break(`the engine could not be loaded: ${message}`);
  }

  ask(request: Request): Promise<string> {
    if (this.#broken !== undefined) return Promise.reject(new Error(`BrokenError: ${this.#broken}`));
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request });
    });
  }

  close(): void {
    this.#break("it was closed");
  }

  #break(reason: string): void {
    this.#broken = reason;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Error(`BrokenError: ${reason}`));
    this.#waiting.clear();
  }
}

export async function openGraph(pool: number): Promise<Graph> {
  const graph = new Graph();
  try {
    await graph.ask({ call: "open", pool });
    return graph;
  } catch (error) {
    graph.close();
    throw error;
  }
}

export const defineGraph = (graph: Graph, text: string): Promise<string> => graph.ask({ call: "define", text });

/** Writes a batch: of each statement its text, its rows and how many of them it updates. */
export function writeGraph(graph: Graph, packed: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new PackedReader(packed);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true }); // Otherwise a key that begins with a byte order mark loses it.
  const batch: Statement[] = [];
  while (!reader.isDone) batch.push({ text: decoder.decode(reader.block()), rows: decoder.decode(reader.block()), updates: reader.number() });
  return graph.ask({ call: "write", batch });
}

export const queryGraph = (graph: Graph, query: string): Promise<string> => graph.ask({ call: "query", query: JSON.parse(query) });

export const closeGraph = (graph: Graph): void => graph.close();

/** How many bytes of memory the engine has taken. */
export const bytesOfGraph = async (graph: Graph): Promise<number> => Number(await graph.ask({ call: "bytes" }));
