/**
 * The object stores in the order of the numbers that .NET calls them by. Keys are bytes. A record is bytes too; where others than its key lead to it, those are in an index of the name `keys`, by which
 * one record can be found under any number of keys for one write.
 */
export const stores = [
  { name: "meta", isIndexed: false },
  { name: "entity", isIndexed: true },
  { name: "event", isIndexed: true },
  { name: "change", isIndexed: false },
  { name: "note", isIndexed: false },
  { name: "staged", isIndexed: false },
  { name: "undo", isIndexed: false },
  { name: "key", isIndexed: false }, // Keys of WebCrypto by their public keys; see keys.ts.
] as const;

/** Counts the layouts. A database of a later one is left alone by the browser itself. */
export const version = 1;

/** What an object store holds: bytes, or bytes with the other keys that lead to them. */
export type StoredRecord = Uint8Array<ArrayBuffer> | { readonly bytes: Uint8Array<ArrayBuffer>; readonly keys: Uint8Array<ArrayBuffer>[] };

export const bytesOf = (record: StoredRecord): Uint8Array<ArrayBuffer> => (record instanceof Uint8Array ? record : record.bytes);

/** Brings a database to this layout from whichever it has. */
export function upgrade(database: IDBDatabase, from: number): void {
  if (from >= 1) return;
  for (const { name, isIndexed } of stores) {
    const store = database.createObjectStore(name);
    if (isIndexed) store.createIndex("keys", "keys", { multiEntry: true });
  }
}
