import type { Host, Service } from "../../../../src/Crdt.Browser/web/src/tabs/tabs";

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly event?: unknown;
}

/** The worker with the replica, in this tab. It starts at once, and opens the replica when the tab's turn has come. */
export class WorkerService implements Service {
  readonly #worker = new Worker("worker.js", { type: "module", name: "replica" });
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #last = 0;
  #end: string | undefined;

  constructor(
    private readonly replica: string,
    private readonly hub: string,
    private readonly host: Host,
  ) {
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.event !== undefined) host.tell(data.event);
      else if (data.id === undefined) this.#ended(data.error ?? "The program ended.");
      else this.#settle(data.id, data);
    };
    this.#worker.onerror = ({ message }) => this.#ended(`The program could not be loaded: ${message ?? "see the browser's console"}.`);
  }

  async open(): Promise<void> {
    await this.call("Open", [this.replica, this.hub]);
  }

  call(name: string, values: readonly unknown[]): Promise<unknown> {
    if (this.#end !== undefined) return Promise.reject(new Error(this.#end));
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, name, values });
    });
  }

  #settle(id: number, { result, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error));
  }

  /** What the worker had open is given free with it, so that another tab can go on. */
  #ended(reason: string): void {
    this.#end = `${reason} Reload this window.`;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Error(this.#end));
    this.#waiting.clear();
    this.host.ended(this.#end);
  }
}
