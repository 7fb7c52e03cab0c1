/** Saves what is being written; resolves once it is durably in the store. */
export type Flush = () => Promise<void>;

const writers = new Set<Flush>();
const holders = new Set<() => void>();

/** Asks to be called before the journal locks. Returns the way out again. */
export function register(flush: Flush): () => void {
  writers.add(flush);
  return () => void writers.delete(flush);
}

/** Saves everything that is being written. One that fails does not keep the others from it; the first failure is thrown. */
export async function flushAll(): Promise<void> {
  const results = await Promise.allSettled([...writers].map((flush) => flush()));
  const failed = results.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Asks to be called when the journal is locked, to let go of what is held of it. Returns the way out again. */
export function untilLocked(letGo: () => void): () => void {
  holders.add(letGo);
  return () => void holders.delete(letGo);
}

/** Lets go of everything that is held. */
export function letGoAll(): void {
  for (const letGo of holders) letGo();
}
