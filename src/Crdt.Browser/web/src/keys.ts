import { begin, end, result, type Database } from "./records/database";

const algorithm = { name: "ECDSA", namedCurve: "P-256" };
const store = "key";

/** Keys that were made and are not kept yet, by the text of their public keys. */
const made = new Map<string, CryptoKey>();

/** Makes a key that no program can read. Gives the public key: both coordinates. */
export async function createKey(): Promise<Uint8Array> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithm, false, ["sign"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)).slice(1); // The first byte says that both coordinates follow.
  made.set(point.join(), privateKey);
  return point;
}

/** Keeps a key that was made, durably; one that isn't new is there already. */
export async function keepKey(database: Database, publicKey: Uint8Array<ArrayBuffer>): Promise<void> {
  const key = made.get(publicKey.join());
  if (key === undefined) return;
  const transaction = begin(database, "readwrite");
  transaction.objectStore(store).put(key, publicKey);
  await end(transaction);
  made.delete(publicKey.join());
}

/** The key with a public key. */
export async function openKey(database: Database, publicKey: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const key = await result<CryptoKey | undefined>(begin(database, "readonly").objectStore(store).get(publicKey));
  if (key === undefined) throw new Error("NotFoundError: there is no such key");
  return key;
}

/** A signature: r and s. */
export const sign = async (key: CryptoKey, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, message));
