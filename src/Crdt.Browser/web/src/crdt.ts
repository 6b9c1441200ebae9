// What Crdt.Browser imports, under the names that it calls.
export { bytesOfGraph, closeGraph, endGraph, loadGraph, markGraph, openGraph, queryGraph, removeGraph, restoreGraph, writeGraph } from "./graph/graph";
export { createKey, keepKey, openKey, sign } from "./keys";
export { lock, release } from "./locks";
export { copyFrom, copyTo, lengthOf } from "./memory";
export { persistence } from "./persistence";
export { close, count, get, open, read, readBytes, remove, shared, write } from "./records/database";
export { verify } from "./signatures";
export { compress, decompress, loadZstd } from "./zstd";
