/** What an error says, for people. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

/** Waits for a change, and says so where it fails. */
export type Change = (work: Promise<unknown>) => void;
