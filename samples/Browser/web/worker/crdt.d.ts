/** What the page uses of the library's scripts. */
declare module "*/crdt/crdt.js" {
  /** Begins to load kuzu-wasm. */
  export function loadGraph(): void;
}
