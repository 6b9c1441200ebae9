import { Engine, StatementError, type Query, type Statement } from "./engine";

/** What a graph asks its worker. */
export type Request =
  | { readonly call: "open"; readonly pool: number }
  | { readonly call: "define"; readonly text: string }
  | { readonly call: "write"; readonly batch: Statement[] }
  | { readonly call: "query"; readonly query: Query }
  | { readonly call: "bytes" };

/** What it answers. Where the engine itself broke, nothing further can be asked of it. */
export interface Answer {
  readonly id: number;
  readonly result?: string;
  readonly error?: string;
  readonly isBroken?: boolean;
}

let engine: Engine | undefined;

async function answer(request: Request): Promise<string | undefined> {
  switch (request.call) {
    case "open":
      engine = await Engine.load(new URL("kuzu.wasm", import.meta.url), request.pool);
      return undefined;
    case "define":
      engine!.define(request.text);
      return undefined;
    case "write":
      engine!.write(request.batch);
      return undefined;
    case "query":
      return engine!.query(request.query);
    case "bytes":
      return `${engine!.bytes}`;
  }
}

self.onmessage = async ({ data: { id, request } }: MessageEvent<{ id: number; request: Request }>) => {
  const reply = (answer: Omit<Answer, "id">) => self.postMessage({ id, ...answer });
  try {
    const result = await answer(request);
    reply(result === undefined ? {} : { result });
  } catch (error) {
    reply({ error: error instanceof Error ? error.message : `${error}`, isBroken: !(error instanceof StatementError) });
  }
};
