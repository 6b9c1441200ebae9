/** What is held as long as this page lives, or until it is given back. */
export interface Lock {
  /** Gives it back, and waits until others can take it. */
  release(): Promise<void>;
}

/** Takes a name for this page alone; null where another page has it for longer than so many milliseconds. The browser gives it back when the page goes, however it goes. */
export function lock(name: string, patience: number): Promise<Lock | null> {
  return new Promise((resolve, reject) => {
    const ended: Promise<void> = navigator.locks.request(name, { signal: AbortSignal.timeout(patience) }, () => {
      return new Promise<void>((giveBack) =>
        resolve({
          release() {
            giveBack();
            return ended;
          },
        }),
      );
    });
    ended.catch((error) => (error instanceof DOMException && error.name === "TimeoutError" ? resolve(null) : reject(error)));
  });
}

export const release = (held: Lock): Promise<void> => held.release();
