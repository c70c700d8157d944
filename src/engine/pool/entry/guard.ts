/**
 * Ends workers whose parent is gone, and what workers' tasks started and left behind. A worker in a long synchronous task
 * does not see its channel close; this process has nothing else to do, so it does. It reads lines from its standard
 * input: a pipe keeps what was told while this process still started, where Node's channel loses it if the parent is
 * killed meanwhile.
 *
 * `+pid` a worker, or the leader of a group; `-pid` it has ended; `!tag pid@start …` end what has this tag, and these.
 * The one argument, if any, is the tag of all that the workers start.
 */
import { endOffspring, type Child } from '../../system/offspring';
import { signalGroup } from '../../system/process-group';

const [, , tag = null] = process.argv;
const pids = new Set<number>();
let unread = '';

// A terminal's interrupt goes to the whole group, and the parent may need its workers to end in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

function told(line: string): void {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) pids.add(pid);
  else if (line.startsWith('-')) pids.delete(pid);
  else if (line.startsWith('!')) endLeft(line.slice(1));
}

function endLeft(words: string): void {
  const [of = '', ...children] = words.split(' ');
  endOffspring(of, children.map(childIn));
}

function childIn(word: string): Child {
  const [pid, start = ''] = word.split('@');
  return { pid: Number(pid), start };
}

function killAll(): never {
  for (const pid of pids) {
    signalGroup(pid, 'SIGKILL');
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  if (tag !== null) endOffspring(tag);
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
