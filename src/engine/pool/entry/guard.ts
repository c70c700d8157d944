/**
 * Ends forked workers whose parent is gone. A worker in a long synchronous task does not see its channel close; this
 * process has nothing else to do, so it does. It reads lines, `+pid` and `-pid`, from its standard input: a pipe keeps
 * what was told while this process still started, where Node's channel loses it if the parent is killed meanwhile.
 */
const pids = new Set<number>();
let unread = '';

// A terminal's interrupt goes to the whole group, and the parent may need its workers to end in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

function told(line: string): void {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) pids.add(pid);
  else pids.delete(pid);
}

function killAll(): never {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  process.exit(0);
}

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text: string) => {
  const lines = (unread + text).split('\n');
  unread = lines.pop() ?? '';
  lines.forEach(told);
});
process.stdin.on('end', killAll);
process.stdin.on('error', killAll);
