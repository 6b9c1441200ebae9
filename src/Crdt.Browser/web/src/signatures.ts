import { p256 } from "@noble/curves/nist.js";
import type { Lent } from "./memory";

/**
 * Whether a signature of a message is by a key: ECDSA on P-256 with SHA-256, the key as both coordinates, the signature as r and s. WebCrypto answers later, and sessions are given events that they have to
 * believe or refuse at once.
 */
export function verify(key: Lent, message: Lent, signature: Lent): boolean {
  const point = new Uint8Array(1 + key.length);
  point[0] = 4; // Both coordinates follow.
  point.set(key.slice(), 1);
  try {
    return p256.verify(signature.slice(), message.slice(), point, { lowS: false });
  } catch {
    return false; // No point of the curve, or no signature.
  }
}
