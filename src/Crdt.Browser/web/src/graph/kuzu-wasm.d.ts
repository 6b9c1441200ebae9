// What is used of kuzu-wasm, which brings no types. 'init' takes the module's options because build/kuzu-wasm.mjs lets it.
declare module "kuzu-wasm/sync" {
  export interface QueryResult {
    isSuccess(): boolean;
    getErrorMessage(): string;
    getColumnNames(): string[];
    getNumTuples(): number;
    getAllRows(): unknown[][];
    close(): void;
  }

  export interface PreparedStatement {
    isSuccess(): boolean;
    getErrorMessage(): string;
    close(): void;
  }

  export interface Database {
    close(): void;
  }

  export interface Connection {
    /** The engine's own connection: the wrapper's setQueryTimeout calls a function that isn't there. */
    readonly _connection: { setQueryTimeOut(milliseconds: bigint): void };
    query(text: string): QueryResult;
    prepare(text: string): PreparedStatement;
    execute(statement: PreparedStatement, parameters: Record<string, unknown>): QueryResult;
    close(): void;
  }

  /** The engine's file system, in memory. */
  export interface Files {
    analyzePath(path: string): { readonly exists: boolean };
    readFile(path: string): Uint8Array<ArrayBuffer>;
    /** With 'canOwn', the bytes become the file's own. */
    writeFile(path: string, bytes: Uint8Array, options: { canOwn: boolean }): void;
  }

  const kuzu: {
    init(options: {
      instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): void;
      print(text: string): void;
      printErr(text: string): void;
      onAbort(reason: unknown): void;
    }): Promise<void>;
    getVersion(): string;
    getStorageVersion(): bigint;
    getFS(): Files;
    Database: new (path: string, bufferPoolSize: number, maxThreads: number, enableCompression: boolean, readOnly: boolean, autoCheckpoint: boolean, checkpointThreshold: number) => Database;
    Connection: new (database: Database, threads: number) => Connection;
  };
  export default kuzu;
}
