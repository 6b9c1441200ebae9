import { Engine, StatementError, type Query, type Statement } from "./engine";
import { Keeper, type Place } from "./keeper";
import { doubt, read, trust, type Kept } from "./kept";

/** What a graph asks its worker. */
export type Request =
  | Opening
  | { readonly call: "restore"; readonly pool: number; readonly name: string }
  | { readonly call: "mark"; readonly origin: string }
  | { readonly call: "write"; readonly batch: Statement[]; readonly watermark: number; readonly rows: number }
  | { readonly call: "query"; readonly query: Query }
  | { readonly call: "bytes" }
  | { readonly call: "end" };

export interface Opening {
  readonly call: "open";
  /** How many bytes the engine's pool may take. */
  readonly pool: number;
  readonly place: Place;
  /** What defines the tables, where nothing was restored. */
  readonly definition: string;
}

/** What it answers. Where the engine itself broke, nothing further can be asked of it. */
export interface Answer {
  readonly id: number;
  readonly result?: string;
  readonly error?: string;
  readonly isBroken?: boolean;
}

/** What it says unasked. */
export interface Notice {
  /** The watermark of what is kept; -1 where nothing can be. */
  readonly kept?: number;
  /** Why the engine broke. */
  readonly broken?: string;
}

// It takes longer to load than anything that it is asked.
const loading = load();
loading.catch(() => undefined);

let isAsked = false;
let engine: Engine;
let keeper: Keeper;
let restoring: Promise<Kept | undefined> = Promise.resolve(undefined);

async function load(): Promise<Engine> {
  const loaded = await Engine.load(new URL("kuzu.wasm", import.meta.url));
  if (!isAsked) loaded.warmUp();
  return loaded;
}

async function answer(request: Request): Promise<string | undefined> {
  switch (request.call) {
    case "restore":
      restoring = restore(request.pool, request.name);
      restoring.catch(() => undefined); // Whoever opens it is told.
      return undefined;
    case "open":
      return await open(request);
    case "mark":
      keeper.mark(request.origin);
      return undefined;
    case "write":
      engine.write(request.batch);
      keeper.wrote(request.watermark, request.rows);
      return undefined;
    case "query":
      return engine.query(request.query);
    case "bytes":
      return `${engine.bytes}`;
    case "end":
      await keeper.end();
      return undefined;
  }
}

/** Opens what is kept, if this engine has written it. Whose it is and which tables it has is for the opening to find out. */
async function restore(pool: number, name: string): Promise<Kept | undefined> {
  const kept = await read(name).catch(() => undefined);
  engine = await loading;
  if (kept?.engine !== engine.version) return undefined;
  await doubt(name);
  engine.restore(pool, kept.file);
  void trust(name).catch(() => undefined);
  return kept;
}

/** Goes on from what was restored, or begins an empty database and keeps nothing of another one. Gives the watermark and the origin. */
async function open({ pool, place, definition }: Opening): Promise<string> {
  const kept = await restoring;
  engine = await loading;
  keeper = new Keeper(engine, place, { kept: (kept) => notify({ kept }), broke: (error) => notify({ broken: messageOf(error) }) });
  if (kept !== undefined) {
    if (kept.tables !== place.tables) throw new Error("what was kept has other tables");
    keeper.resume(kept);
    return `${kept.watermark} ${kept.origin}`;
  }
  await keeper.drop();
  engine.begin(pool, definition);
  return "0 ";
}

const notify = (notice: Notice): void => self.postMessage(notice);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

self.onmessage = async ({ data: { id, request } }: MessageEvent<{ id: number; request: Request }>) => {
  isAsked = true;
  const reply = (answer: Omit<Answer, "id">) => self.postMessage({ id, ...answer });
  try {
    const result = await answer(request);
    reply(result === undefined ? {} : { result });
  } catch (error) {
    reply({ error: messageOf(error), isBroken: !(error instanceof StatementError) });
  }
};
