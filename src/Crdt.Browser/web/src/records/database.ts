import { bytesOf, stores, upgrade, version, type StoredRecord } from "./layout";
import { PackedReader, PackedWriter } from "./packed";

const enum Change {
  Put = 0,
  Delete = 1,
  DeleteRange = 2,
}

/** A database that is open, and what became of it meanwhile. */
export interface Database {
  readonly connection: IDBDatabase;
  /** Why it can't be used any more, where the browser has closed it. */
  closed?: string;
}

/** Opens a database, or makes it. */
export async function open(name: string): Promise<Database> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = ({ oldVersion }) => upgrade(request.result, oldVersion);
  let isGivenUp = false;
  const connection = await new Promise<IDBDatabase>((resolve, reject) => {
    // One that comes after all would be in the way of others.
    request.onsuccess = () => (isGivenUp ? request.result.close() : resolve(request.result));
    request.onerror = () => reject(named(request.error));
    request.onblocked = () => {
      isGivenUp = true;
      reject(new Error("BlockedError: another page has it open in an older version; close that one"));
    };
  });
  const database: Database = { connection };
  connection.onclose = () => (database.closed = "the browser has removed or closed it");
  connection.onversionchange = () => {
    database.closed = "another page removes it or brings it to a newer version";
    connection.close();
  };
  return database;
}

export function close(database: Database): void {
  database.closed = "it was closed";
  database.connection.close();
}

/** Removes a database and all that is in it. */
export function remove(name: string): Promise<void> {
  const request = indexedDB.deleteDatabase(name);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(named(request.error));
  });
}

/** Makes changes durable, all or none: what is acknowledged has reached the disk. */
export async function write(database: Database, packed: Uint8Array<ArrayBuffer>): Promise<void> {
  const changes = new PackedReader(packed);
  const transaction = begin(database, "readwrite");
  const ended = end(transaction);
  try {
    while (!changes.isDone) apply(transaction, changes);
    transaction.commit();
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended by the very error that is told below.
    }
    await ended.catch(() => undefined);
    throw named(error);
  }
  await ended;
}

/** Reads the records with the given keys: for each a number, 1 and the record where there is one. */
export async function get(database: Database, store: number, packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const keys = new PackedReader(packed);
  const transaction = begin(database, "readonly");
  const source = transaction.objectStore(stores[store]!.name);
  const requests: Promise<StoredRecord | undefined>[] = [];
  while (!keys.isDone) requests.push(result(source.get(keys.block())));
  const writer = new PackedWriter();
  for (const record of await Promise.all(requests)) {
    writer.number(record === undefined ? 0 : 1);
    if (record !== undefined) writer.block(bytesOf(record));
  }
  return writer.finish();
}

/**
 * Reads the first records of each range in the order of keys, by their own keys or by those of the index: for each range how many there are, then of each its own key and, where they are asked for,
 * the record.
 */
export async function read(database: Database, store: number, isIndexed: boolean, packed: Uint8Array<ArrayBuffer>, limit: number, withRecords: boolean): Promise<Uint8Array> {
  const ranges = new PackedReader(packed);
  const transaction = begin(database, "readonly");
  const objects = transaction.objectStore(stores[store]!.name);
  const source = isIndexed ? objects.index("keys") : objects;
  const requests: Promise<[IDBValidKey[], StoredRecord[]]>[] = [];
  while (!ranges.isDone) {
    const range = rangeOf(ranges);
    const keys = result<IDBValidKey[]>(source.getAllKeys(range, limit));
    requests.push(Promise.all([keys, withRecords ? result<StoredRecord[]>(source.getAll(range, limit)) : []]));
  }
  const writer = new PackedWriter();
  for (const [keys, records] of await Promise.all(requests)) {
    writer.number(keys.length);
    keys.forEach((key, i) => {
      writer.block(new Uint8Array(key as ArrayBuffer));
      if (withRecords) writer.block(bytesOf(records[i]!));
    });
  }
  return writer.finish();
}

/** Reads the records of a range in the order of their keys until they have so many bytes, at least one: of each its key and the record. */
export async function readBytes(database: Database, store: number, packed: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<Uint8Array> {
  const request = begin(database, "readonly").objectStore(stores[store]!.name).openCursor(rangeOf(new PackedReader(packed)));
  const writer = new PackedWriter();
  let bytes = 0;
  await new Promise<void>((resolve, reject) => {
    request.onerror = () => reject(named(request.error));
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor === null) return resolve();
      const record = bytesOf(cursor.value);
      writer.block(new Uint8Array(cursor.key as ArrayBuffer));
      writer.block(record);
      bytes += record.length;
      if (bytes >= maxBytes) return resolve();
      cursor.continue();
    };
  });
  return writer.finish();
}

/** How many records each range has. */
export async function count(database: Database, store: number, isIndexed: boolean, packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const ranges = new PackedReader(packed);
  const transaction = begin(database, "readonly");
  const objects = transaction.objectStore(stores[store]!.name);
  const source = isIndexed ? objects.index("keys") : objects;
  const requests: Promise<number>[] = [];
  while (!ranges.isDone) requests.push(result(source.count(rangeOf(ranges))));
  const writer = new PackedWriter();
  for (const found of await Promise.all(requests)) writer.number(found);
  return writer.finish();
}

/** The keys of the index within a range that lead to several records: each with the number of those, and their own keys. */
export async function shared(database: Database, store: number, packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const range = rangeOf(new PackedReader(packed));
  const request = begin(database, "readonly").objectStore(stores[store]!.name).index("keys").openKeyCursor(range);
  const writer = new PackedWriter();
  let key: IDBValidKey | undefined;
  let found: IDBValidKey[] = [];
  const tell = () => {
    if (found.length < 2) return;
    writer.block(new Uint8Array(key as ArrayBuffer));
    writer.number(found.length);
    for (const primary of found) writer.block(new Uint8Array(primary as ArrayBuffer));
  };
  await new Promise<void>((resolve, reject) => {
    request.onerror = () => reject(named(request.error));
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor === null) return resolve();
      if (key === undefined || indexedDB.cmp(key, cursor.key) !== 0) {
        tell();
        [key, found] = [cursor.key, []];
      }
      found.push(cursor.primaryKey);
      cursor.continue();
    };
  });
  tell();
  return writer.finish();
}

function apply(transaction: IDBTransaction, changes: PackedReader): void {
  const change: Change = changes.number();
  const { name, isIndexed } = stores[changes.number()]!;
  const store = transaction.objectStore(name);
  if (change === Change.DeleteRange) {
    store.delete(rangeOf(changes));
    return;
  }
  const key = changes.block();
  if (change === Change.Delete) {
    store.delete(key);
    return;
  }
  const bytes = changes.block();
  if (!isIndexed) {
    store.put(bytes, key);
    return;
  }
  const keys = Array.from({ length: changes.number() }, () => changes.block());
  store.put({ bytes, keys }, key);
}

/** A range: its lower end and whether that is left out, then its upper end likewise, which is none where it is empty. */
function rangeOf(reader: PackedReader): IDBKeyRange {
  const [lower, isLowerOpen, upper, isUpperOpen] = [reader.block(), reader.number() === 1, reader.block(), reader.number() === 1];
  return upper.length === 0 ? IDBKeyRange.lowerBound(lower, isLowerOpen) : IDBKeyRange.bound(lower, upper, isLowerOpen, isUpperOpen);
}

export function begin(database: Database, mode: IDBTransactionMode): IDBTransaction {
  if (database.closed !== undefined) throw new Error(`ClosedError: ${database.closed}`);
  return database.connection.transaction(stores.map(({ name }) => name), mode, { durability: "strict" });
}

export const end = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(named(transaction.error));
  });

export const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(named(request.error));
  });

/** An error whose message says its name, by which .NET knows what went wrong. */
const named = (error: unknown): Error => (error instanceof Error || error instanceof DOMException ? new Error(`${error.name}: ${error.message}`) : new Error(`UnknownError: ${error}`));
