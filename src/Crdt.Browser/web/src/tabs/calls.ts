/** The tab that was to do something went before it answered, so whether it was done isn't known. */
export class OwnerGoneError extends Error {
  constructor() {
    super("The tab that had the data open was closed before it answered. Look whether it was done, and try again.");
  }
}

export interface Call {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Calls that another tab is to answer: those it was sent, and those for which there was no owner yet. */
export class Calls {
  #waiting: Call[] = [];
  readonly #sent = new Map<number, Call>();
  #last = 0;

  /** Keeps a call until there is an owner. */
  hold(name: string, values: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.push({ name, values, resolve, reject }));
  }

  /** Those that wait, to be made now. */
  take(): Call[] {
    return this.#waiting.splice(0);
  }

  /** Notes that a call was sent, and gives its number. */
  sent(call: Call): number {
    this.#sent.set(++this.#last, call);
    return this.#last;
  }

  answer(id: number, result: unknown, error: string | undefined): void {
    const call = this.#sent.get(id);
    this.#sent.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  }

  /** The owner is another one: nobody answers what the former was asked. */
  forgetSent(): void {
    const sent = [...this.#sent.values()];
    this.#sent.clear();
    for (const { reject } of sent) reject(new OwnerGoneError());
  }

  /** There will be no owner. */
  fail(error: string): void {
    for (const { reject } of this.take()) reject(new Error(error));
  }
}
