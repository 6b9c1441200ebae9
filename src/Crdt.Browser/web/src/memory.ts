/** A stretch of .NET's memory, as its runtime lends it for the time of one call. */
export interface Lent {
  readonly length: number;
  /** Copies what it holds. */
  slice(): Uint8Array<ArrayBuffer>;
  /** Overwrites what it holds. */
  set(bytes: Uint8Array): void;
}

/** Takes bytes from .NET, for a call that ends later than it returns. */
export const copyFrom = (source: Lent): Uint8Array<ArrayBuffer> => source.slice();

/** How many bytes a result takes, so that .NET can make room for it. */
export const lengthOf = (bytes: Uint8Array): number => bytes.length;

/** Gives a result to .NET. */
export const copyTo = (bytes: Uint8Array, target: Lent): void => target.set(bytes);
