import type { State } from "../answers";
import { byId } from "../dom";

/** How the replica stands, in the page's head: words, the offline switch, and how many conflicts wait. */
export class Status {
  readonly #words = byId("status");
  readonly #switch = byId<HTMLButtonElement>("online");
  readonly #badge = byId("badge");

  constructor(onSwitch: (isOnline: boolean) => void) {
    this.#switch.onclick = () => onSwitch(this.#switch.getAttribute("aria-checked") !== "true");
  }

  show(state: State): void {
    byId("replica").textContent = `replica ${state.replica}`;
    const [kind, words] = describe(state);
    if (this.#words.textContent !== words) this.#words.textContent = words;
    this.#words.className = kind;
    this.#switch.disabled = false;
    this.#switch.setAttribute("aria-checked", `${!state.isOffline}`);
    this.#badge.textContent = `${state.conflicts}`;
    this.#badge.hidden = state.conflicts === 0;
  }

  fail(reason: string): void {
    this.#words.textContent = reason;
    this.#words.className = "trouble";
  }
}

function describe({ isOffline, isConnected, problem, waiting }: State): [string, string] {
  const changes = `${waiting} ${waiting === 1 ? "change waits" : "changes wait"}`;
  if (isOffline) return ["offline", waiting === 0 ? "Offline" : `Offline · ${changes}`];
  if (!isConnected) return ["trouble", `${problem === null ? "Connecting…" : "The hub can't be reached; trying again"}${waiting === 0 ? "" : ` · ${changes}`}`];
  return waiting === 0 ? ["synced", "Online · everything is synced"] : ["syncing", `Online · ${changes}`];
}
