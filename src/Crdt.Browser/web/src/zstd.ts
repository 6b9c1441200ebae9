import * as zstd from "@bokuweb/zstd-wasm";
import type { Lent } from "./memory";

const loading = zstd.init(new URL("zstd.wasm", import.meta.url).href);
loading.catch(() => undefined);

/** Waits until the library is loaded, from beside this module. */
export const loadZstd = (): Promise<void> => loading;

/** One frame, which says the length of its content. */
export const compress = (content: Lent, level: number): Uint8Array => zstd.compress(content.slice(), level);

/** The content of a frame whose head says a length that the caller accepts: so much memory is set aside for it. */
export const decompress = (frame: Lent): Uint8Array => zstd.decompress(frame.slice());
