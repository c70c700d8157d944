/**
 * Ends forked workers whose parent is gone. A worker in a long synchronous task does not see its channel close; this
 * process has nothing else to do, so it does.
 */
const pids = new Set<number>();

// A terminal's interrupt goes to the whole group, and the parent may need its workers to end in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.on('message', (message: { add: number } | { remove: number }) => {
  if ('add' in message) pids.add(message.add);
  else pids.delete(message.remove);
});
process.on('disconnect', () => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  process.exit(0);
});
