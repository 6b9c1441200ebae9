/** What tabs say to each other. A tab is named by a random text. A term grows from owner to owner: what two tabs say can arrive in another order than they said it, and a lock faster than either. */
export type Message =
  /** A tab that has just begun asks who the owner is. */
  | { readonly kind: "who" }
  /** The owner is gone, and the next one is about to open what it had. */
  | { readonly kind: "opening"; readonly term: number }
  /** The owner is ready. */
  | { readonly kind: "owner"; readonly term: number; readonly tab: string }
  /** It can't be opened, or has ended: the next tab tries. */
  | { readonly kind: "failed"; readonly term: number; readonly error: string }
  | { readonly kind: "ask"; readonly from: string; readonly to: string; readonly id: number; readonly name: string; readonly values: readonly unknown[] }
  | { readonly kind: "answer"; readonly to: string; readonly id: number; readonly result?: unknown; readonly error?: string }
  /** Something happened that every tab may want to know of. */
  | { readonly kind: "event"; readonly event: unknown };
