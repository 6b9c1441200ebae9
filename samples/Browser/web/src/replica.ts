import { share, type Listener, type Shared } from "../../../../src/Crdt.Browser/web/src/tabs/tabs";
import type { Conflict, Graph, Inside, State, Table } from "./answers";
import { WorkerService } from "./service";

/** The replica of this browser, in whichever of its tabs it is open. */
export class Replica {
  readonly #shared: Shared;

  constructor(name: string, hub: string, listener: Listener) {
    this.#shared = share(`together/${name}`, (host) => new WorkerService(name, hub, host), listener);
  }

  readonly state = (): Promise<State> => this.#read("ReadState");
  readonly graph = (): Promise<Graph> => this.#read("ReadGraph");
  readonly ask = (query: string): Promise<Table> => this.#read("Ask", query);
  readonly conflicts = (): Promise<Conflict[]> => this.#read("ReadConflicts");
  readonly inside = (): Promise<Inside> => this.#read("ReadInside");
  readonly memory = (): Promise<number> => this.#shared.read("ReadMemory") as Promise<number>;

  readonly setOnline = (isOnline: boolean) => this.#shared.call("SetOnline", isOnline);
  readonly settle = (conflict: string, choice: number) => this.#shared.call("Settle", conflict, choice);
  readonly addPerson = (name: string) => this.#shared.call("AddPerson", name) as Promise<string>;
  readonly addPlace = (name: string) => this.#shared.call("AddPlace", name) as Promise<string>;
  readonly addExample = () => this.#shared.call("AddExample");
  readonly rename = (id: string, name: string) => this.#shared.call("Rename", id, name);
  readonly remove = (id: string) => this.#shared.call("Remove", id);
  readonly tag = (id: string, tag: string) => this.#shared.call("Tag", id, tag);
  readonly untag = (id: string, tag: string) => this.#shared.call("Untag", id, tag);
  readonly count = (id: string, change: number) => this.#shared.call("Count", id, change);
  readonly connect = (person: string, other: string) => this.#shared.call("Connect", person, other);
  readonly disconnect = (person: string, other: string) => this.#shared.call("Disconnect", person, other);

  async #read<T>(name: string, ...values: unknown[]): Promise<T> {
    return JSON.parse((await this.#shared.read(name, ...values)) as string);
  }
}
