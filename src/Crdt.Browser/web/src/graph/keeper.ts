import type { Engine } from "./engine";
import { drop, keep, type Kept } from "./kept";

/** Milliseconds without a batch after which a graph is kept. */
const idle = 1_000;

/** How many changed rows are worth to keep the graph once nothing is written for a while, when the replica is closed, and even while more is being written: keeping it writes all of its file. */
const worthwhile = { idle: 1_000, closing: 100, busy: 10_000 };

/** Where a graph is kept. */
export interface Place {
  /** The database of IndexedDB; empty where the graph isn't kept. */
  readonly name: string;
  /** Which tables the graph has: one with others is of no use. */
  readonly tables: string;
}

/** What a keeper says unasked. */
export interface Listener {
  /** The watermark that is kept, or -1 where nothing can be. */
  kept(watermark: number): void;
  /** The engine broke while its file was read. */
  broke(error: unknown): void;
}

/** Keeps a graph for the next opening, now and then. Where that fails, for instance because there is no more room, it is tried again when as much has changed again. */
export class Keeper {
  #watermark = 0;
  #origin = "";
  /** How many rows have changed since it was kept. */
  #changed = 0;
  #isKept = false;
  #timer = 0;
  #keeping: Promise<void> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly place: Place,
    private readonly listener: Listener,
  ) {}

  /** Goes on from what was kept, which is open. */
  resume({ watermark, origin }: Kept): void {
    [this.#watermark, this.#origin, this.#isKept] = [watermark, origin, true];
    this.listener.kept(watermark);
  }

  /** Drops what was kept. */
  async drop(): Promise<void> {
    await this.#tried(() => drop(this.place.name));
  }

  mark(origin: string): void {
    this.#origin = origin;
  }

  /** Notes that a batch was written. A negative watermark says that the graph shows a part of the truth, as in a rebuild. */
  wrote(watermark: number, rows: number): void {
    this.#watermark = watermark;
    this.#changed += rows;
    this.#plan();
  }

  /** Keeps it where that is worth something, before the replica is closed. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#keeping;
    clearTimeout(this.#timer);
    if (this.#isWorth(worthwhile.closing)) await this.#keep();
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#keeping !== undefined || !this.#isWorth(worthwhile.idle)) return;
    this.#timer = setTimeout(() => void this.#keepUnasked(), this.#isWorth(worthwhile.busy) ? 0 : idle);
  }

  // A graph that was just made is kept even if it is small: until then, the next opening makes it again.
  #isWorth(rows: number): boolean {
    return this.place.name !== "" && this.#watermark > 0 && this.#changed >= (this.#isKept ? rows : 1);
  }

  async #keepUnasked(): Promise<void> {
    try {
      this.#keeping = this.#keep();
      await this.#keeping;
    } catch (error) {
      this.listener.broke(error);
    }
    this.#keeping = undefined;
    this.#plan();
  }

  async #keep(): Promise<void> {
    const [watermark, origin, file] = [this.#watermark, this.#origin, this.engine.file()];
    [this.#changed, this.#isKept] = [0, true];
    await this.#tried(async () => {
      if (file === undefined) throw new Error("the engine could not bring the graph into its file");
      await keep(this.place.name, { watermark, origin, tables: this.place.tables, engine: this.engine.version, file });
      this.listener.kept(watermark);
    });
  }

  /** Tries something with the database of IndexedDB. Where that fails, what is kept there is out of date, and takes room that the truth may need. */
  async #tried(work: () => Promise<unknown>): Promise<void> {
    if (this.place.name === "") return;
    try {
      await work();
    } catch {
      this.listener.kept(-1);
      await drop(this.place.name).catch(() => undefined);
    }
  }
}
