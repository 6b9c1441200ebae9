// What Crdt.Browser imports, under the names that it calls.
export { copyFrom, copyTo, lengthOf } from "./memory";
export { lock, release, tryLock } from "./locks";
export { persistence } from "./persistence";
export { close, count, get, open, read, remove, shared, write } from "./records/database";
export { verify } from "./signatures";
export { compress, decompress, loadZstd } from "./zstd";
