export interface Persistence {
  readonly isPersistent: boolean;
  readonly used: number;
  readonly quota: number;
}

/** What the browser says about this origin's storage: whether it promises not to evict it, and how many bytes are used of how many. */
export async function persistence(): Promise<Persistence> {
  const storage = navigator.storage;
  if (storage === undefined) return { isPersistent: false, used: 0, quota: 0 };
  const isPersistent = (await storage.persisted?.()) ?? false;
  const { usage, quota } = await storage.estimate();
  return { isPersistent, used: usage ?? 0, quota: quota ?? 0 };
}
