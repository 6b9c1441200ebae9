// The database of IndexedDB in which a graph is kept from one opening to the next. It is worth nothing by itself: whatever is wrong with it, the graph is made anew from the truth.

import { result } from "../records/database";

/** A graph's file, with what has to be known of it. One record, so that they belong together whatever happens. */
export interface Kept {
  /** The revision of the truth that it shows. */
  readonly watermark: number;
  /** The id that the truth's replica wrote under. */
  readonly origin: string;
  /** Which tables it has. */
  readonly tables: string;
  /** Which engine wrote it: another one need not be able to read it. */
  readonly engine: string;
  readonly file: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the file: what isn't forced to the disk may come back as something else after the power failed. */
  readonly digest: Uint8Array<ArrayBuffer>;
}

const store = "graph";
const [fileKey, openingKey] = ["file", "opening"];

/** What the database is called that belongs to the one of a replica. */
export const nameOf = (replica: string): string => `${replica}/graph`;

/** Keeps a graph in place of the one before. */
export async function keep(name: string, kept: Omit<Kept, "digest">): Promise<void> {
  const digest = await digestOf(kept.file);
  await change(name, (objects) => objects.put({ ...kept, digest }, fileKey));
}

/** What is kept, if it is as it was written, and no page has ended while it opened it. */
export async function read(name: string): Promise<Kept | undefined> {
  // What is large is read after the transaction has ended, so its end says nothing of that.
  const [found, opening] = await change(name, (objects) => Promise.all([result<Kept | undefined>(objects.get(fileKey)), result<unknown>(objects.get(openingKey))]));
  if (found === undefined || opening !== undefined) return undefined;
  return indexedDB.cmp(await digestOf(found.file), found.digest) === 0 ? found : undefined;
}

/** Says that the file is about to be opened: until 'trust' says that it went well, an end of the page is taken for its fault. */
export const doubt = (name: string): Promise<unknown> => change(name, (objects) => objects.put(true, openingKey));

export const trust = (name: string): Promise<unknown> => change(name, (objects) => objects.delete(openingKey));

/** Keeps nothing any more. */
export const drop = (name: string): Promise<unknown> => change(name, (objects) => objects.clear());

const digestOf = async (file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await crypto.subtle.digest("SHA-256", file));

/** Runs one transaction, in a connection of its own: none is in the way of whoever removes the database. It need not reach the disk, since the truth does. */
async function change<T>(name: string, work: (objects: IDBObjectStore) => T): Promise<Awaited<T>> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store);
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  database.onversionchange = () => database.close();
  try {
    const transaction = database.transaction(store, "readwrite", { durability: "relaxed" });
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const given = work(transaction.objectStore(store));
    transaction.commit();
    return (await Promise.all([given, done]))[0];
  } finally {
    database.close();
  }
}
