import { remove } from "../records/database";
import { PackedReader } from "../records/packed";
import type { Statement } from "./engine";
import { nameOf } from "./kept";
import type { Answer, Notice, Opening, Request } from "./worker";

/** A graph database in memory, in a worker of its own. */
export class Graph {
  readonly #worker = new Worker(new URL("crdt-graph.js", import.meta.url), { type: "module", name: "kuzu" });
  readonly #waiting = new Map<number, { resolve(result: string): void; reject(error: Error): void }>();
  #last = 0;
  #broken: string | undefined;

  /** The revision of the truth that it showed when it was opened, and the id that the truth's replica wrote under then. */
  watermark = 0;
  origin = "";

  /** The watermark that is kept for the next opening; -1 where nothing can be. */
  kept = -1;

  /** Where it restores what is kept from; undefined where it doesn't. */
  restores: string | undefined;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Answer | Notice>) => ("id" in data ? this.#answer(data) : this.#notice(data));
    this.#worker.onerror = (event) => {
      event.preventDefault(); // Otherwise it is an error of this page as well.
      this.#break(`the engine could not be loaded: ${event.message}`);
    };
  }

  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  ask(request: Request): Promise<string> {
    if (this.#broken !== undefined) return Promise.reject(new Error(`BrokenError: ${this.#broken}`));
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request });
    });
  }

  restore(name: string, pool: number): void {
    this.restores = name;
    void this.ask({ call: "restore", name, pool }).catch(() => undefined); // Whoever opens it is told.
  }

  close(): void {
    this.#break("it was closed");
  }

  #answer({ id, result, error, isBroken }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (isBroken === true) this.#break(`the engine broke: ${error}`);
    if (error === undefined) waiting?.resolve(result ?? "");
    else waiting?.reject(new Error(isBroken === true ? `BrokenError: ${error}` : error));
  }

  #notice({ kept, broken }: Notice): void {
    if (kept !== undefined) this.kept = kept;
    if (broken !== undefined) this.#break(`the engine broke while its file was read: ${broken}`);
  }

  #break(reason: string): void {
    this.#broken = reason;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Error(`BrokenError: ${reason}`));
    this.#waiting.clear();
  }
}

/** One that began before anybody asked for it, since an engine takes longest to load. */
let spare: Graph | undefined;

/** Begins to load an engine for the graph that is opened next. A page may call this before it starts .NET. */
export function loadGraph(): void {
  spare ??= new Graph();
}

/** Begins to open what is kept of the graph of a replica, which nobody else has open. */
export function restoreGraph(name: string, pool: number): void {
  if (spare?.restores !== undefined) spare.close();
  if (spare === undefined || spare.isBroken) spare = new Graph();
  spare.restore(nameOf(name), pool);
}

/** Opens what was kept of a graph, or begins an empty one. Where what was kept is of no use, it is dropped. */
export async function openGraph(pool: number, name: string, tables: string, definition: string, isAnew: boolean): Promise<Graph> {
  const opening: Opening = { call: "open", pool, place: { name: name === "" ? "" : nameOf(name), tables }, definition };
  if (isAnew || name === "") return await begin(take(undefined), opening);
  if (spare?.restores !== nameOf(name)) restoreGraph(name, pool);
  try {
    return await begin(take(nameOf(name)), opening);
  } catch {
    return await begin(take(undefined), opening);
  }
}

/** The one that began already, if it restores what is asked for. */
function take(restores: string | undefined): Graph {
  if (spare === undefined || spare.isBroken || spare.restores !== restores) return new Graph();
  const taken = spare;
  spare = undefined;
  return taken;
}

async function begin(graph: Graph, opening: Opening): Promise<Graph> {
  try {
    if (opening.place.name !== "") graph.kept = 0;
    const [watermark, origin] = (await graph.ask(opening)).split(" ");
    [graph.watermark, graph.origin] = [Number(watermark), origin!];
    return graph;
  } catch (error) {
    graph.close();
    throw error;
  }
}

/** Notes whose truth is shown from now on. */
export const markGraph = (graph: Graph, origin: string): Promise<string> => graph.ask({ call: "mark", origin });

/** Writes a batch of so many rows, after which the graph shows a watermark, or a part of the truth where that is negative: of each statement its text, its rows and how many of them it updates. */
export function writeGraph(graph: Graph, packed: Uint8Array<ArrayBuffer>, watermark: number, rows: number): Promise<string> {
  const reader = new PackedReader(packed);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true }); // Otherwise a key that begins with a byte order mark loses it.
  const batch: Statement[] = [];
  while (!reader.isDone) batch.push({ text: decoder.decode(reader.block()), rows: decoder.decode(reader.block()), updates: reader.number() });
  return graph.ask({ call: "write", batch, watermark, rows });
}

export const queryGraph = (graph: Graph, query: string): Promise<string> => graph.ask({ call: "query", query: JSON.parse(query) });

/** Keeps what is worth it, before the graph is closed. */
export const endGraph = (graph: Graph): Promise<string> => graph.ask({ call: "end" });

export const closeGraph = (graph: Graph): void => graph.close();

/** Removes what is kept of the graph of a replica that isn't open. */
export const removeGraph = (name: string): Promise<void> => remove(nameOf(name));

/** How many bytes of memory the engine has taken. */
export const bytesOfGraph = async (graph: Graph): Promise<number> => Number(await graph.ask({ call: "bytes" }));
