import type { Inside } from "../answers";
import { byId, element, table } from "../dom";

const mebibytes = (bytes: number): string => `${(bytes / 1048576).toFixed(1)} MiB`;

/** What a replica is made of: vectors, log and memory. */
export class InsidePanel {
  readonly #panel = byId("inside");

  show({ root, vector, log, managed, used, quota, isPersistent }: Inside, memory: number): void {
    this.#panel.replaceChildren(
      element("h3", {}, "Hash of everything"),
      element("p", {}, element("code", {}, root)),
      element("p", { className: "hint" }, "Windows that show the same hash hold the same bytes."),
      element("h3", {}, "Version vector"),
      table(
        ["replica", "writes seen"],
        vector.map(({ replica, counter, isMine }) => [isMine ? `${replica} (this one)` : replica, `${counter}`]),
      ),
      element("h3", {}, "Log, newest first"),
      element(
        "div",
        { className: "wide" },
        table(
          ["time", "by", "writes", "entities", "bytes"],
          log.map(({ time, replica, first, last, entities, bytes }) => [new Date(time).toLocaleTimeString(), replica, first === last ? `${first}` : `${first}–${last}`, `${entities}`, `${bytes}`]),
        ),
      ),
      element("h3", {}, "Memory"),
      table(
        ["what", "how much"],
        [
          [".NET, all of it", mebibytes(memory)],
          ["of it, objects", mebibytes(managed)],
          ["kept in this browser", `${mebibytes(used)} of ${mebibytes(quota)}`],
          ["may be evicted", isPersistent ? "no" : "yes, if the device runs short"],
        ],
      ),
    );
  }
}
