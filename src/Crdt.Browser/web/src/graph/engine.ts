import kuzu, { type Connection, type Database, type QueryResult } from "kuzu-wasm/sync";
import { fromJson, toJson } from "./values";

/** What a batch's statement takes apart: U+0000 is in no text of the database. */
const separators = { fs: "\0f", rs: "\0r", n: "\0n", e: "\0e" };

/** How many rows may be updated before the database is closed and opened again: what an update leaves behind stays in the pool until then, about 11 KiB a row. */
const maxVersions = 2_000;

/** How many rows a result may have. It crosses to .NET whole, where a few million rows would end the runtime. */
const mostRows = 250_000;

/** A file of the engine's own file system, in memory: ':memory:' would never free the versions. */
const path = "/graph";

/** What the least pool has that an empty database can be opened in, in bytes. */
const leastPool = 16 * 1024 * 1024;

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
  #pool = 0;
  #versions = 0;

  private constructor(private readonly memory: WebAssembly.Memory | undefined) {}

  /** How many bytes of memory the engine has taken. They never get fewer. */
  get bytes(): number {
    return this.memory?.buffer.byteLength ?? 0;
  }

  /** The version of the engine and that of its files: another one need not be able to read them. */
  get version(): string {
    return `${kuzu.getVersion()} ${kuzu.getStorageVersion()}`;
  }

  /** Loads the engine from a place. It has no database yet. */
  static async load(address: URL): Promise<Engine> {
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
    return new Engine(memory);
  }

  /** Opens a database and closes it again: the browser compiles a function only when it is called, so that the next one opens in half the time. */
  warmUp(): void {
    this.#pool = leastPool;
    this.#open(":memory:");
    this.#countTables();
    this.#shut();
  }

  /** Begins an empty database with a pool of so many bytes, and defines its tables. */
  begin(pool: number, tables: string): void {
    this.#pool = pool;
    this.#open();
    if (tables !== "") this.#close(this.#run(tables));
  }

  /** Opens a database that 'file' gave. What has no tables isn't one: the engine takes an empty file for a new one. */
  restore(pool: number, file: Uint8Array): void {
    this.#pool = pool;
    kuzu.getFS().writeFile(path, file, { canOwn: true });
    this.#open();
    if (this.#countTables() === 0) throw new Error("it has no tables");
  }

  /** The file of the database, as of what was written last; undefined where the engine could not bring all of it into the file. It closes the database and opens it again. */
  file(): Uint8Array<ArrayBuffer> | undefined {
    this.#shut();
    const files = kuzu.getFS();
    // The log goes away with the closing, unless memory didn't suffice for it.
    const file = files.analyzePath(`${path}.wal`).exists ? undefined : files.readFile(path);
    this.#open();
    return file;
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

  #countTables(): number {
    const result = this.#run("CALL show_tables() RETURN count(*)");
    try {
      return Number(result.getAllRows()[0]![0]);
    } finally {
      result.close();
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
        if (result.getNumTuples() > mostRows) throw new StatementError(`It has ${result.getNumTuples()} rows, and ${mostRows} can be read at once: ask for fewer, with LIMIT and SKIP`);
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
    this.#shut();
    this.#open();
  }

  #shut(): void {
    this.#connection!.close();
    this.#database!.close();
  }

  // Without compression: with it, the engine gives back other numbers than it took (see docs/kuzu.md).
  #open(place = path): void {
    this.#versions = 0;
    this.#database = new kuzu.Database(place, this.#pool, 1, false, false, false, 16 * 1024 * 1024);
    this.#connection = new kuzu.Connection(this.#database, 1);
  }
}
