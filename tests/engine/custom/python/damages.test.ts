import { describe, expect, it } from 'vitest';
import type { LiveReport } from '../../../../src/contract';
import { anyInterpreter } from '../../python/support/pythons';
import { run, saidOf, shared, written } from '../support/runs';

const interpreter = await anyInterpreter();
const python = interpreter?.command[0] ?? '';
if (interpreter === null) console.log('Tests of damages by modules in Python are skipped: there is no Python here.');

const damaging = (damage: string): string => `${damage}\ndef task(input, context):\n    return input["index"]\n`;

/** What a module can take away that Coreloom's own code does not need any more. */
const HARMLESS: readonly [what: string, damage: string][] = [
  ['json', 'import json\njson.dumps = json.loads = None'],
  [
    'what encodes JSON',
    'import json\njson.JSONEncoder.encode = json.JSONEncoder.iterencode = json.JSONDecoder.decode = None',
  ],
  [
    'builtins',
    'import builtins\nfor name in ("isinstance", "len", "list", "type", "str", "max", "sorted", "enumerate", "open"): setattr(builtins, name, None)',
  ],
  ['time', 'import time\ntime.monotonic_ns = time.thread_time_ns = time.sleep = time.time = None'],
  ['os', 'import os\nos.getpid = os.write = os.path.basename = None'],
  ['threading', 'import threading\nthreading.get_ident = threading.Lock = threading.get_native_id = None'],
  [
    'traceback, inspect and pickle',
    'import inspect, pickle, traceback\ntraceback.extract_tb = traceback.walk_tb = inspect.iscoroutine = pickle.loads = None',
  ],
  ['zlib and struct', 'import struct, zlib\nzlib.crc32 = struct.pack = struct.Struct = None'],
  ['select and socket', 'import select, socket\nselect.poll = select.select = socket.socket = None'],
  [
    'the list of modules',
    'import sys\nfor name in list(sys.modules):\n    if name not in ("sys", "builtins", "__main__"): del sys.modules[name]',
  ],
  ['the ways to find modules', 'import sys\nsys.meta_path.clear(); sys.path.clear()'],
  ['its streams', 'import sys\nsys.stdout = sys.stderr = None'],
];

/** Each damage is done in one run, on a thread and a process: both begin with a task before either has another. */
const runs = new Map<string, Promise<LiveReport>>();
function damaged(damage: string): Promise<LiveReport> {
  const workers = { 'python-threads': 1, 'python-processes': 1 };
  const found = runs.get(damage) ?? run(shared(python), written(damaging(damage), 'task.py'), { tasks: 16, workers });
  runs.set(damage, found);
  return found;
}

describe.skipIf(interpreter === null).each(['python-threads', 'python-processes'])(
  'a module in Python that damages its workers, on %s',
  (executor) => {
    it.each(HARMLESS)('does all tasks after it replaces %s', async (_what, damage) => {
      const report = await damaged(damage);
      expect(report, report.failure?.message ?? saidOf(report).join()).toMatchObject({
        outcome: 'completed',
        totals: { counts: { done: 16, failed: 0, retried: 0 } },
      });
      expect(report.executors.find((one) => one.executor === executor)?.counts.done).toBeGreaterThan(0);
    });

    it('fails a task whose result shares its parts without end', async () => {
      const source =
        'def task(input, context):\n    value = 1\n    for _ in range(60): value = [value, value]\n    return value\n';
      const report = await run(shared(python), written(source, 'task.py'), { tasks: 1, workers: { [executor]: 1 } });
      expect(report.totals.counts).toMatchObject({ done: 0, failed: 1 });
      expect(saidOf(report)).toEqual([expect.stringContaining('it contains more than 4194304 values')]);
    });
  },
);
