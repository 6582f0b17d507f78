/** Ends what a test opened or started, if it got that far. */
export async function end(opened: { close(): unknown } | { stop(): unknown } | undefined): Promise<void> {
  if (!opened) return;
  await ('close' in opened ? opened.close() : opened.stop());
}
