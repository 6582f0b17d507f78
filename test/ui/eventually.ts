import { setTimeout } from 'node:timers/promises';

/** How long what follows an action may take on a busy two-core machine. */
const TIMEOUT_MS = 30_000;

/** Checks again and again until a check passes; fails as it failed last. For a state that follows an action after a while. */
export async function eventually(check: () => unknown): Promise<void> {
  const end = Date.now() + TIMEOUT_MS;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await setTimeout(50);
  }
}
