import kuzu, { type Connection, type Database, type QueryResult } from "kuzu-wasm/sync";
import { fromJson, toJson } from "./values";

/** What a batch's statement takes apart: U+0000 is in no text of the database. */
const separators = { fs: "\0f", rs: "\0r", n: "\0n", e: "\0e" };

/** How many rows may be updated before the database is closed and opened again: what an update leaves behind stays in the pool until then, about 11 KiB a row. */
const maxVersions = 2_000;

/** A file of the engine's own file system, in memory: ':memory:' would never free the versions. */
const path = "/graph";

/** An error that says nothing of the engine itself: a statement was refused, or memory didn't suffice for it. */
export class StatementError extends Error {}

export interface Statement {
  readonly text: string;
  /** The rows that it takes apart, in the form of SplitForm.cs; empty where it has no such parameter. */
  readonly rows: string;
  /** How many rows it updates. */
  readonly updates: number;
}

export interface Query {
  readonly statements: { readonly text: string; readonly parameters: Record<string, unknown> }[];
  /** Milliseconds for each statement; 0 for as long as it takes. */
  readonly timeout: number;
}

/** Kuzu, compiled to WebAssembly, with one database in memory. Whoever calls waits, so it has a worker of its own. */
export class Engine {
  #database: Database | undefined;
  #connection: Connection | undefined;
  #versions = 0;

  private constructor(
    private readonly pool: number,
    private readonly memory: WebAssembly.Memory | undefined,
  ) {}

  /** How many bytes of memory the engine has taken. They never get fewer. */
  get bytes(): number {
    return this.memory?.buffer.byteLength ?? 0;
  }

  /** Loads the engine from a place, and begins an empty database with a pool of so many bytes. */
  static async load(address: URL, pool: number): Promise<Engine> {
    let memory: WebAssembly.Memory | undefined;
    await new Promise<void>((resolve, reject) => {
      const instantiateWasm = (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) => {
        WebAssembly.instantiateStreaming(fetch(address), imports).then(({ instance, module }) => {
          memory = Object.values(instance.exports).find((exported) => exported instanceof WebAssembly.Memory);
          receive(instance, module);
        }, reject);
      };
      kuzu.init({ instantiateWasm, print: () => undefined, printErr: () => undefined, onAbort: reject }).then(resolve, reject);
    });
    const engine = new Engine(pool, memory);
    engine.#open();
    return engine;
  }

  /** Runs what defines tables. */
  define(text: string): void {
    this.#close(this.#run(text));
  }

  /** Writes a batch in one transaction. Where its memory doesn't suffice, it is tried once more after the versions were let go. */
  write(batch: readonly Statement[]): void {
    const updates = batch.reduce((sum, { updates }) => sum + updates, 0);
    if (this.#versions + updates > maxVersions) this.#reopen();
    this.#versions += updates;
    try {
      this.#writeOnce(batch);
    } catch (error) {
      if (!`${error}`.includes("Buffer manager")) throw error;
      this.#reopen();
      this.#writeOnce(batch);
    }
  }

  /** Runs statements that only read, all on one state. Of each: the names of the columns and the rows, in JSON. */
  query({ statements, timeout }: Query): string {
    this.#close(this.#run("BEGIN TRANSACTION READ ONLY"));
    try {
      return `[${statements.map(({ text, parameters }) => this.#ask(text, parameters, timeout)).join(",")}]`;
    } finally {
      // A statement that failed has ended the transaction.
      this.#connection!.query("ROLLBACK").close();
    }
  }

  #writeOnce(batch: readonly Statement[]): void {
    this.#close(this.#run("BEGIN TRANSACTION"));
    // A statement that fails has ended the transaction; whatever else fails has broken the engine.
    for (const { text, rows } of batch) {
      const parameters = rows === "" ? {} : { s: rows, ...separators };
      this.#close(this.#run(text, parameters));
    }
    this.#close(this.#run("COMMIT"));
  }

  #ask(text: string, parameters: Record<string, unknown>, timeout: number): string {
    this.#connection!._connection.setQueryTimeOut(BigInt(timeout));
    try {
      const result = this.#run(text, Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, fromJson(value)])));
      try {
        return `{"columns":${JSON.stringify(result.getColumnNames())},"rows":${toJson(result.getAllRows())}}`;
      } finally {
        result.close();
      }
    } finally {
      this.#connection!._connection.setQueryTimeOut(0n);
    }
  }

  // Results that aren't closed fill the pool. So every one is, also that of a failure.
  #run(text: string, parameters: Record<string, unknown> = {}): QueryResult {
    if (Object.keys(parameters).length === 0) return this.#checked(this.#connection!.query(text));
    const statement = this.#connection!.prepare(text);
    try {
      if (!statement.isSuccess()) throw new StatementError(statement.getErrorMessage());
      return this.#checked(this.#connection!.execute(statement, parameters));
    } finally {
      statement.close();
    }
  }

  #checked(result: QueryResult): QueryResult {
    if (result.isSuccess()) return result;
    const message = result.getErrorMessage();
    result.close();
    throw new StatementError(message);
  }

  #close(result: QueryResult): void {
    result.close();
  }

  #reopen(): void {
    this.#connection!.close();
    this.#database!.close();
    this.#open();
    this.#versions = 0;
  }

  // Without compression: with it, the engine gives back other numbers than it took (see docs/kuzu.md).
  #open(): void {
    this.#database = new kuzu.Database(path, this.pool, 1, false, false, false, 16 * 1024 * 1024);
    this.#connection = new kuzu.Connection(this.#database, 1);
  }
}
