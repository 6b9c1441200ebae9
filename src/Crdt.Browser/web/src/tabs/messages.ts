/** What tabs say to each other. A tab is named by a random text. */
export type Message =
  /** A tab that has just begun asks who the owner is. */
  | { readonly kind: "who" }
  /** The owner is gone, and the next one is about to open what it had. */
  | { readonly kind: "opening" }
  /** The owner is ready. */
  | { readonly kind: "owner"; readonly tab: string }
  /** It can't be opened, or has ended: the next tab tries. */
  | { readonly kind: "failed"; readonly error: string }
  | { readonly kind: "ask"; readonly from: string; readonly to: string; readonly id: number; readonly name: string; readonly values: readonly unknown[] }
  | { readonly kind: "answer"; readonly to: string; readonly id: number; readonly result?: unknown; readonly error?: string }
  /** Something happened that every tab may want to know of. */
  | { readonly kind: "event"; readonly event: unknown };
