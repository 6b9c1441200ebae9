// What the replica answers: the records of the folder Answers, in JSON.

export interface State {
  readonly replica: string;
  readonly isOffline: boolean;
  readonly isConnected: boolean;
  readonly problem: string | null;
  readonly waiting: number;
  readonly conflicts: number;
  /** How much of the graph database is there, in hundredths, while it is being made anew. */
  readonly prepared: number | null;
}

export interface Node {
  readonly id: string;
  readonly kind: "person" | "place";
  readonly name: string;
  readonly tags: readonly string[];
  readonly stock: number;
}

export interface Edge {
  readonly kind: "knows" | "lives in";
  readonly source: string;
  readonly target: string;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly count: number;
}

export interface Table {
  readonly columns: readonly string[];
  /** The first of them. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly count: number;
  readonly milliseconds: number;
}

export interface Conflict {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  readonly choices: readonly { readonly value: string; readonly origin: string; readonly time: number | null; readonly isShown: boolean }[];
}

export interface Inside {
  readonly root: string;
  readonly vector: readonly { readonly replica: string; readonly counter: number; readonly isMine: boolean }[];
  readonly log: readonly { readonly time: number; readonly replica: string; readonly first: number; readonly last: number; readonly entities: number; readonly bytes: number }[];
  readonly managed: number;
  readonly used: number;
  readonly quota: number;
  readonly isPersistent: boolean;
}
