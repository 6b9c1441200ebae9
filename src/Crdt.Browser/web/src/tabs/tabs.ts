import { Calls, OwnerGoneError } from "./calls";
import type { Message } from "./messages";

export { OwnerGoneError } from "./calls";

/** What one tab has for all of them: most likely a worker in which a replica is open. */
export interface Service {
  /** Opens what only one tab can have open. Called once, when the tab's turn has come; what takes time and isn't exclusive should have been begun before. */
  open(): Promise<void>;
  /** Does something. Values and results cross from tab to tab, so they have to be what structured cloning takes. */
  call(name: string, values: readonly unknown[]): Promise<unknown>;
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
  /** There is an owner, or another one. */
  onOwner?(isOwner: boolean): void;
}

/**
 * Shares a service among the tabs of a browser's profile, as many as there are: the first one has it, and the others reach it through a channel. When its tab goes, however it goes, the browser gives its lock to the next one,
 * which opens the service. A SharedWorker would do without owners, but browsers don't let it have workers of its own.
 *
 * @param name One for each service of the site.
 * @param begin Makes this tab's service; what that tells goes to all tabs.
 */
export function share(name: string, begin: (tell: (event: unknown) => void) => Service, listener: Listener = {}): Shared {
  return new Tab(name, begin, listener);
}

class Tab implements Shared {
  readonly #me = crypto.randomUUID();
  readonly #channel: BroadcastChannel;
  readonly #service: Service;
  readonly #calls = new Calls();
  #owner: string | undefined;
  /** Why there will be no owner until the tab that tried goes. */
  #failure: string | undefined;
  #hasTried = false;

  constructor(
    name: string,
    begin: (tell: (event: unknown) => void) => Service,
    private readonly listener: Listener,
  ) {
    this.#channel = new BroadcastChannel(`crdt.tabs.${name}`);
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#receive(data);
    this.#service = begin((event) => {
      if (!this.isOwner) return;
      this.listener.onEvent?.(event);
      this.#post({ kind: "event", event });
    });
    this.#post({ kind: "who" });
    // Held until the tab goes: nothing else ends it.
    void navigator.locks.request(`crdt.tabs.${name}`, () => this.#own().then(() => new Promise(() => undefined)));
  }

  get isOwner(): boolean {
    return this.#owner === this.#me;
  }

  call(name: string, ...values: unknown[]): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(new Error(this.#failure));
    if (this.isOwner) return this.#service.call(name, values);
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

  async #own(): Promise<void> {
    this.#hasTried = true;
    this.#lose();
    this.#post({ kind: "opening" });
    try {
      await this.#service.open();
    } catch (error) {
      this.#fail(describe(error));
      this.#introduce();
      return;
    }
    this.#follow(this.#me);
    this.#introduce();
  }

  /** Says what has become of the service, if it is this tab's turn. */
  #introduce(): void {
    if (this.isOwner) this.#post({ kind: "owner", tab: this.#me });
    else if (this.#hasTried && this.#failure !== undefined) this.#post({ kind: "failed", error: this.#failure });
  }

  #receive(message: Message): void {
    switch (message.kind) {
      case "who":
        this.#introduce();
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
        this.listener.onEvent?.(message.event);
    }
  }

  /** The owner is gone: what it was asked is answered by nobody, and what is asked from now on waits for the next. That may also open what this one failed to. */
  #lose(): void {
    this.#owner = undefined;
    this.#failure = undefined;
    this.#calls.forgetSent();
  }

  #follow(owner: string): void {
    this.#lose();
    this.#owner = owner;
    this.#send(owner);
    this.listener.onOwner?.(this.isOwner);
  }

  #send(owner: string): void {
    for (const call of this.#calls.take()) {
      if (owner === this.#me) this.#service.call(call.name, call.values).then(call.resolve, call.reject);
      else this.#post({ kind: "ask", from: this.#me, to: owner, id: this.#calls.sent(call), name: call.name, values: call.values });
    }
  }

  async #answer({ from, id, name, values }: Message & { kind: "ask" }): Promise<void> {
    try {
      this.#post({ kind: "answer", to: from, id, result: await this.#service.call(name, values) });
    } catch (error) {
      this.#post({ kind: "answer", to: from, id, error: describe(error) });
    }
  }

  #fail(error: string): void {
    this.#failure = error;
    this.#calls.forgetSent();
    this.#calls.fail(error);
  }

  #post(message: Message): void {
    this.#channel.postMessage(message);
  }
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);
