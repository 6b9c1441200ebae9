import { Calls, OwnerGoneError, type Call } from "./calls";
import type { Message } from "./messages";

export { OwnerGoneError } from "./calls";

/** What one tab has for all of them: most likely a worker in which a replica is open. */
export interface Service {
  /** Opens what only one tab can have open. Called once, when the tab's turn has come; what takes time and isn't exclusive should have been begun before. */
  open(): Promise<void>;
  /** Does something. Values and results cross from tab to tab, so they have to be what structured cloning takes. */
  call(name: string, values: readonly unknown[]): Promise<unknown>;
}

/** What a service says unasked. */
export interface Host {
  /** Tells all tabs something. */
  tell(event: unknown): void;
  /** It has ended, and answers nothing any more: another tab is to take over. */
  ended(reason: string): void;
}

/** A service as one tab sees it, whichever tab has it. */
export interface Shared {
  /** Whether this tab has it. */
  readonly isOwner: boolean;
  /** Does something, once there is an owner. Rejects with OwnerGoneError where the owner went before it answered. */
  call(name: string, ...values: unknown[]): Promise<unknown>;
  /** Asks something, and asks the next owner where one went: for what changes nothing. */
  read(name: string, ...values: unknown[]): Promise<unknown>;
}

export interface Listener {
  /** Something that the service told. */
  onEvent?(event: unknown): void;
  /** A tab is about to open it; what is asked waits. */
  onOpening?(): void;
  /** There is an owner, or another one. */
  onOwner?(isOwner: boolean): void;
  /** It could not be opened, or has ended. Calls are rejected until another tab opens it. */
  onFailure?(reason: string): void;
}

/**
 * Shares a service among the tabs of a browser's profile, as many as there are: the first one has it, and the others reach it through a channel. When its tab goes, however it goes, the browser gives its lock to the next one,
 * which opens the service. A SharedWorker would do without owners, but browsers don't let it have workers of its own.
 *
 * @param name One for each service of the site.
 * @param begin Makes this tab's service.
 * @throws Where the browser has no locks: a page needs https for them, unless it is from this machine.
 */
export function share(name: string, begin: (host: Host) => Service, listener: Listener = {}): Shared {
  if (!globalThis.isSecureContext) throw new Error("Browsers let a page keep data only where it comes over https, or from this machine: open it there.");
  return new Tab(name, begin, listener);
}

class Tab implements Shared {
  readonly #me = crypto.randomUUID();
  readonly #channel: BroadcastChannel;
  readonly #service: Service;
  readonly #calls = new Calls();
  readonly #ended: Promise<string>;
  #owner: string | undefined;
  /** That of the last owner, as far as this tab knows. */
  #term = 0;
  /** Why there is no owner. */
  #failure: string | undefined;

  constructor(
    name: string,
    begin: (host: Host) => Service,
    private readonly listener: Listener,
  ) {
    this.#channel = new BroadcastChannel(`crdt.tabs.${name}`);
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#receive(data);
    let ended: (reason: string) => void;
    this.#ended = new Promise((resolve) => (ended = resolve));
    this.#service = begin({ tell: (event) => this.#tell(event), ended: (reason) => ended(reason) });
    this.#post({ kind: "who" });
    navigator.locks.request(`crdt.tabs.${name}`, () => this.#own()).catch((error) => this.#fail(describe(error)));
  }

  get isOwner(): boolean {
    return this.#owner === this.#me;
  }

  call(name: string, ...values: unknown[]): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(new Error(this.#failure));
    const result = this.#calls.hold(name, values);
    if (this.#owner !== undefined) this.#send(this.#owner);
    return result;
  }

  async read(name: string, ...values: unknown[]): Promise<unknown> {
    for (;;) {
      try {
        return await this.call(name, ...values);
      } catch (error) {
        if (!(error instanceof OwnerGoneError)) throw error;
      }
    }
  }

  /** What this tab does while it has the lock: until the tab goes, unless the service can't be opened or ends, which may fare better in the next one. */
  async #own(): Promise<void> {
    const term = (this.#term = Math.max(Date.now(), this.#term + 1));
    this.#lose();
    this.#post({ kind: "opening", term });
    let failure: string;
    try {
      await this.#service.open();
      this.#follow(this.#me);
      this.#post({ kind: "owner", term, tab: this.#me });
      failure = await this.#ended;
    } catch (error) {
      failure = describe(error);
    }
    this.#fail(failure);
    this.#post({ kind: "failed", term, error: failure });
  }

  #tell(event: unknown): void {
    if (!this.isOwner) return;
    this.#listen(() => this.listener.onEvent?.(event));
    this.#post({ kind: "event", event });
  }

  #receive(message: Message): void {
    if ("term" in message) {
      if (message.term < this.#term) return; // It is of an owner that another one has followed already.
      this.#term = message.term;
    }
    switch (message.kind) {
      case "who":
        if (this.isOwner) this.#post({ kind: "owner", term: this.#term, tab: this.#me });
        return;
      case "opening":
        this.#lose();
        return;
      case "owner":
        if (message.tab !== this.#owner) this.#follow(message.tab);
        return;
      case "failed":
        this.#fail(message.error);
        return;
      case "ask":
        if (message.to === this.#me) void this.#answer(message);
        return;
      case "answer":
        if (message.to === this.#me) this.#calls.answer(message.id, message.result, message.error);
        return;
      case "event":
        this.#listen(() => this.listener.onEvent?.(message.event));
    }
  }

  /** The owner is gone: what it was asked is answered by nobody, and what is asked from now on waits for the next. That may also open what this one failed to. */
  #lose(): void {
    this.#owner = undefined;
    this.#failure = undefined;
    this.#calls.forgetSent();
    this.#listen(() => this.listener.onOpening?.());
  }

  #follow(owner: string): void {
    this.#owner = owner;
    this.#failure = undefined;
    this.#calls.forgetSent();
    this.#send(owner);
    this.#listen(() => this.listener.onOwner?.(this.isOwner));
  }

  #fail(reason: string): void {
    this.#owner = undefined;
    this.#failure = reason;
    this.#calls.forgetSent();
    this.#calls.fail(reason);
    this.#listen(() => this.listener.onFailure?.(reason));
  }

  #send(owner: string): void {
    for (const call of this.#calls.take()) {
      if (owner === this.#me) this.#service.call(call.name, call.values).then(call.resolve, call.reject);
      else this.#ask(owner, call);
    }
  }

  #ask(owner: string, call: Call): void {
    const id = this.#calls.sent(call);
    try {
      this.#post({ kind: "ask", from: this.#me, to: owner, id, name: call.name, values: call.values });
    } catch (error) {
      this.#calls.answer(id, undefined, describe(error)); // A value that can't be cloned.
    }
  }

  async #answer({ from, id, name, values }: Message & { kind: "ask" }): Promise<void> {
    try {
      this.#post({ kind: "answer", to: from, id, result: await this.#service.call(name, values) });
    } catch (error) {
      this.#post({ kind: "answer", to: from, id, error: describe(error) });
    }
  }

  // What a listener throws is its own affair: it must not cost this tab the lock while the service is open.
  #listen(listen: () => void): void {
    try {
      listen();
    } catch (error) {
      reportError(error);
    }
  }

  #post(message: Message): void {
    this.#channel.postMessage(message);
  }
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);
