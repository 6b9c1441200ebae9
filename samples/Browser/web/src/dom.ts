type Child = Node | string | null | undefined | false;
type Properties<K extends keyof HTMLElementTagNameMap> = Partial<Omit<HTMLElementTagNameMap[K], "style">> & { readonly aria?: Record<string, string> };

/** Makes an element. Text is always text: nothing that came from elsewhere becomes markup. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, { aria, ...properties }: Properties<K> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  for (const [attribute, value] of Object.entries(aria ?? {})) made.setAttribute(`aria-${attribute}`, value);
  made.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return made;
}

/** An element of the page that is always there. */
export function byId<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no '${id}'.`);
  return found as T;
}

export const button = (label: string, onclick: () => void, properties: Properties<"button"> = {}): HTMLButtonElement => element("button", { type: "button", onclick, ...properties }, label);

/** A table with a row of headings. */
export function table(headings: readonly string[], rows: readonly (readonly (string | null)[])[]): HTMLTableElement {
  const cell = (value: string | null) => (value === null ? element("td", { className: "nothing" }, "NULL") : element("td", {}, value));
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...headings.map((heading) => element("th", { scope: "col" }, heading)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map(cell)))),
  );
}
