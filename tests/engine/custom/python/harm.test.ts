import { describe, expect, it } from 'vitest';
import { anyInterpreter } from '../../python/support/pythons';
import { run, saidOf, shared, written } from '../support/runs';

const interpreter = await anyInterpreter();
const python = interpreter?.command[0] ?? '';
const linux = process.platform === 'linux';
if (!linux)
  console.log(
    'Tests of what tasks in Python do to their process are skipped: descriptors, signals and forks are tried on Linux.',
  );

const NAMES = [
  'python-threads',
  'python-processes',
  ...(interpreter?.interpreters === true ? (['python-interpreters'] as const) : []),
] as const;
const TASKS = 16;
const OWN =
  /^The task raised PermissionError: \[Errno 1\] descriptor \d+ belongs to Coreloom \(.*\): close only descriptors that the task opened \(at task\.py:5\)\.$/;
const CLOSED =
  /^task\.py:2: the task ends its process in python-\w+ \(exit code 1: descriptors that the task had not opened were closed\); remove the code that does this\. It is not retried\.$/;
const calls = (name: string): RegExp =>
  new RegExp(
    `^task\\.py:5: the task calls os\\.${name}, which ends its process in python-\\w+; (return instead|remove that call)\\. It is not retried\\.$`,
  );

const CUT_OFF =
  /^task\.py:2: the task ends its process in python-\w+ \((signal SIGKILL: )?its connection with Node was closed\); remove the code that does this\. It is not retried\.$/;
/** Reaches for the connection of the host alone, not of its worker, and is still at it when the host ends. */
const CONTROL = (harm: string): string =>
  `from coreloom_host.threads import Threads\n    for found in gc.get_objects():\n        if type(found) is Threads: found.control.socket.${harm}\n    time.sleep(60)`;

/** What every eighth task does; the others are done whatever it is. */
interface Harm {
  does: string;
  /** From line 5 on. */
  code: string;
  /** What is said of each that does it; they are done where nothing is. */
  said?: RegExp;
  /** Executors on which it does not happen. */
  not?: readonly string[];
}

const HARMS: readonly Harm[] = [
  { does: 'closes a range of descriptors', code: 'os.closerange(3, 64)', said: OWN },
  { does: 'closes every descriptor', code: 'os.closerange(3, 1 << 20)', said: OWN },
  {
    does: 'closes one after the other, whatever that raises',
    code: 'for fd in range(3, 1100):\n        try: os.close(fd)\n        except OSError: pass',
  },
  { does: 'puts another file over a descriptor', code: 'for fd in range(3, 40): os.dup2(2, fd)', said: OWN },
  {
    does: 'closes descriptors behind Python’s back',
    code: '[ctypes.CDLL(None).close(fd) for fd in range(3, 1100)]',
    said: CLOSED,
    not: ['python-interpreters'],
  },
  {
    does: 'puts another file over descriptors behind Python’s back',
    code: '[ctypes.CDLL(None).dup2(2, fd) for fd in range(3, 40)]',
    said: CLOSED,
    not: ['python-interpreters'],
  },
  {
    does: 'writes to every socket',
    code: 'for fd in range(3, 64):\n        try: socket.socket(fileno=fd).send(b"hello\\n")\n        except OSError: pass',
    said: /^task\.py:2: the task ends its process in python-\w+ \(.*(descriptors that the task had not opened were closed|its connection with Node was closed)\); remove the code that does this\. It is not retried\.$/,
    not: ['python-interpreters'],
  },
  {
    does: 'writes to the connection of its host',
    code: CONTROL('send(b"hello\\n")'),
    said: CUT_OFF,
    not: ['python-processes', 'python-interpreters'],
  },
  {
    does: 'shuts the connection of its host down',
    code: CONTROL('shutdown(2)'),
    said: CUT_OFF,
    not: ['python-processes', 'python-interpreters'],
  },
  {
    does: 'becomes another program',
    code: 'os.execlp("sleep", "sleep", "60")',
    said: calls('execv'),
    not: ['python-interpreters'],
  },
  { does: 'ends its process by a signal', code: 'os.kill(os.getpid(), 15); time.sleep(60)', said: calls('kill') },
  { does: 'ends its process group by a signal', code: 'os.killpg(0, 9); time.sleep(60)', said: calls('killpg') },
  { does: 'forks and returns in both', code: 'os.fork()', not: ['python-interpreters'] },
  {
    does: 'leaves a process and a thread',
    code: 'subprocess.Popen(["sleep", "60"]); threading.Thread(target=time.sleep, args=(60,)).start()',
    not: ['python-interpreters'],
  },
  { does: 'leaves an alarm', code: 'signal.setitimer(signal.ITIMER_REAL, 0.05)', not: ['python-interpreters'] },
  {
    does: 'leaves a trace and a profile function that raise',
    code: 'threading.settrace(print); sys.setprofile(lambda *given: None)',
  },
  {
    does: 'leaves its process without open files to have',
    code: 'resource.setrlimit(resource.RLIMIT_NOFILE, (8, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))',
  },
  {
    does: 'fakes the clock',
    code: 'for name in ("time", "monotonic", "monotonic_ns", "perf_counter_ns", "thread_time_ns", "process_time_ns"): setattr(time, name, lambda: 0)',
  },
  {
    does: 'takes away what others import',
    code: 'os.environ.clear(); os.umask(0o777); os.getpid = lambda: 1; socket.socket = threading.Lock = None',
  },
  { does: 'works in a folder that is gone', code: 'folder = tempfile.mkdtemp(); os.chdir(folder); os.rmdir(folder)' },
  { does: 'leaves what hangs as its process ends', code: 'atexit.register(time.sleep, 1e6)' },
];

const source = (
  code: string,
): string => `import atexit, ctypes, gc, os, resource, signal, socket, subprocess, sys, tempfile, threading, time
def task(input, context):
    if input["index"] % 8 != 5:
        return input["index"]
    ${code}
    return input["index"]
`;

describe.skipIf(interpreter === null || !linux)('a task in Python that lays hands on its process', () => {
  describe.each(NAMES)('%s', (name) => {
    it.each(HARMS.filter(({ not = [] }) => !not.includes(name)))(
      '$does: it alone fails, if anything',
      async ({ code, said }) => {
        const report = await run(shared(python), written(source(code), 'task.py'), {
          tasks: TASKS,
          workers: { [name]: 2 },
          deadlineMs: 20_000,
        });
        const failed = said === undefined ? 0 : TASKS / 8;
        expect(saidOf(report).length > 0).toBe(failed > 0);
        for (const sentence of saidOf(report)) expect(sentence).toMatch(said ?? /^$/);
        expect(report.totals.counts).toMatchObject({ done: TASKS - failed, failed, cancelled: 0 });
      },
    );
  });
});
