import type { State } from "../answers";
import { byId } from "../dom";

/** How the replica stands, in the page's head: words, the offline switch, and how many conflicts wait. */
export class Status {
  readonly #words = byId("status");
  readonly #switch = byId<HTMLButtonElement>("online");
  readonly #badge = byId("badge");

  constructor(onSwitch: (isOnline: boolean) => void) {
    this.#switch.onclick = () => {
      this.#switch.disabled = true; // Until it is shown what has come of it.
      onSwitch(this.#switch.getAttribute("aria-checked") !== "true");
    };
  }

  show(state: State): void {
    byId("replica").textContent = `replica ${state.replica}`;
    const [kind, said] = describe(state);
    const words = state.prepared === null ? said : `${said} · preparing the graph: ${state.prepared} %`;
    if (this.#words.textContent !== words) this.#words.textContent = words;
    this.#words.className = kind;
    this.#switch.disabled = false;
    this.#switch.lastChild!.textContent = state.isOffline ? "Offline" : "Online";
    this.#switch.setAttribute("aria-checked", `${!state.isOffline}`);
    this.#badge.textContent = `${state.conflicts}`;
    this.#badge.hidden = state.conflicts === 0;
  }

  /** While nothing can be said of it, and the switch is of no use. */
  wait(words: string, kind = ""): void {
    this.#words.textContent = words;
    this.#words.className = kind;
    this.#switch.disabled = true;
  }
}

function describe({ isOffline, isConnected, problem, waiting }: State): [string, string] {
  const changes = `${waiting} ${waiting === 1 ? "change waits" : "changes wait"}`;
  if (isOffline) return ["offline", waiting === 0 ? "Offline" : `Offline · ${changes}`];
  if (!isConnected) return ["trouble", `${problem === null ? "Connecting…" : `Not synced, trying again: ${problem}`}${waiting === 0 ? "" : ` · ${changes}`}`];
  return waiting === 0 ? ["synced", "Online · everything is synced"] : ["syncing", `Online · ${changes}`];
}
