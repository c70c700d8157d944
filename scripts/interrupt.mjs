const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs what Ctrl-C and signals end by aborting the `AbortSignal` that it is given; answers what that answers. */
export async function interruptible(run) {
  const interrupted = new AbortController();
  const onSignal = () => interrupted.abort();
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await run(interrupted.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}
