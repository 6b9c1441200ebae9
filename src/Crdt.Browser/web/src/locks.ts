/** What is held as long as this page lives, or until it is given back. */
export interface Lock {
  /** Gives it back, and waits until others can take it. */
  release(): Promise<void>;
}

/** Takes a name for this page alone, unless another page has it: null then. The browser gives it back when the page goes, however it goes. */
export const tryLock = (name: string): Promise<Lock | null> => request(name, true);

/** Waits until the name is free, and takes it. */
export const lock = async (name: string): Promise<Lock> => (await request(name, false))!;

export const release = (held: Lock): Promise<void> => held.release();

function request(name: string, ifAvailable: boolean): Promise<Lock | null> {
  return new Promise((resolve, reject) => {
    const ended: Promise<void> = navigator.locks.request(name, { ifAvailable }, (held) => {
      if (held === null) return resolve(null);
      return new Promise<void>((giveBack) =>
        resolve({
          release() {
            giveBack();
            return ended;
          },
        }),
      );
    });
    ended.catch(reject);
  });
}
