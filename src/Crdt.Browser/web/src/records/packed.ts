// What .NET and these modules tell each other: numbers of four bytes, least significant first, and blocks, which are a length and so many bytes.

/** Reads what .NET has written. It comes from this side of the page's own process, so that it is well formed is taken for granted. */
export class PackedReader {
  #at = 0;
  readonly #view: DataView;

  constructor(private readonly bytes: Uint8Array<ArrayBuffer>) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isDone(): boolean {
    return this.#at === this.bytes.length;
  }

  number(): number {
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  /** A copy, since the database would store all that lies in the same memory with a view of it. */
  block(): Uint8Array<ArrayBuffer> {
    const length = this.number();
    const block = this.bytes.slice(this.#at, this.#at + length);
    this.#at += length;
    return block;
  }
}

/** Joins blocks to what .NET reads. */
export class PackedWriter {
  readonly #parts: (Uint8Array | number)[] = [];
  #length = 0;

  number(value: number): void {
    this.#parts.push(value);
    this.#length += 4;
  }

  block(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const part of this.#parts) {
      if (typeof part === "number") {
        view.setUint32(at, part, true);
        at += 4;
      } else {
        bytes.set(part, at);
        at += part.length;
      }
    }
    return bytes;
  }
}
