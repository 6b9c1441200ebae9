import type { Conflict } from "../answers";
import { byId, element } from "../dom";
import type { Change } from "../errors";
import type { Replica } from "../replica";

/** What was written apart, with all versions, to be settled by a person. */
export class Inbox {
  readonly #panel = byId("inbox");
  #shown = "";

  constructor(
    private readonly replica: Replica,
    private readonly change: Change,
  ) {}

  show(conflicts: readonly Conflict[]): void {
    const text = JSON.stringify(conflicts);
    if (text === this.#shown) return; // Nobody loses the button that was about to be pressed.
    this.#shown = text;
    const hadFocus = this.#panel.contains(document.activeElement);
    if (conflicts.length === 0) this.#panel.replaceChildren(element("p", { className: "hint" }, "Nothing to settle. Take two windows offline, give one person two names, and come back."));
    else this.#panel.replaceChildren(...conflicts.map((conflict) => this.#card(conflict)));
    if (hadFocus) (this.#panel.querySelector<HTMLElement>("button") ?? this.#panel).focus();
  }

  #card({ id, title, explanation, choices }: Conflict): HTMLElement {
    return element(
      "article",
      { className: "conflict" },
      element("h3", {}, title),
      element("p", {}, explanation),
      element(
        "ul",
        {},
        ...choices.map(({ value, origin, time, isShown }, choice) =>
          element(
            "li",
            { className: isShown ? "shown" : "" },
            element("span", {}, element("strong", {}, value), element("small", {}, describe(origin, time, isShown))),
            element("button", { type: "button", onclick: () => this.change(this.replica.settle(id, choice)) }, isShown ? "Keep" : "Take this", element("span", { className: "unseen" }, ` ${value}`)),
          ),
        ),
      ),
    );
  }
}

const describe = (origin: string, time: number | null, isShown: boolean): string =>
  [origin, time === null ? "" : new Date(time).toLocaleTimeString(), isShown ? "shows now" : ""].filter((part) => part !== "").join(" · ");
