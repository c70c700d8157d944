import { expect } from 'vitest';
import { COMMAND } from '../cli/coreloom';
import { anyInterpreter } from '../engine/python/support/pythons';
import { fault, NEEDS_LINUX } from './fault';
import { accounted, ended, scene } from './scene';

const AREA = 'Tasks print';
const NEEDS_PYTHON = (await anyInterpreter()) === null ? 'it needs a CPython' : null;

const NOISY =
  "export const task = ({ index }) => { for (let i = 0; i < 2000; i++) console.log('line', index, i, 'x'.repeat(200)); return index; };\n";
const NOISY_PYTHON =
  'def task(given, context):\n    for i in range(2000):\n        print("line", given["index"], i, "x" * 200)\n    return given["index"]\n';

for (const [executor, notHere] of [
  ['threads'],
  ['processes'],
  ['python-threads', NEEDS_PYTHON],
  ['python-processes', NEEDS_PYTHON],
] as const) {
  fault(
    {
      area: AREA,
      fault: `2,000 lines in each of 4 tasks, on ${executor}, into a pipe`,
      promise: 'every line is shown once, and the report counts them',
      notHere: notHere ?? null,
    },
    async () => {
      const place = scene();
      const python = executor.startsWith('python');
      const running = place.coreloom([
        'run',
        place.file(python ? 'noisy.py' : 'noisy.mjs', python ? NOISY_PYTHON : NOISY),
        `--${executor}`,
        '2',
        '--tasks',
        '4',
      ]);
      const { code, out } = await ended(place, running);
      const lines = [...out.matchAll(/: line (\d+) (\d+) x{200}\n/g)].map(
        ([, task, line]) => `${task ?? ''} ${line ?? ''}`,
      );
      expect([lines.length, new Set(lines).size, code]).toEqual([8000, 8000, 0]);
      const report = accounted(place.reports()[0]);
      expect(report.thinned.lines.seen).toBe(8000);
      // On a crowded machine there may be others, of samples that came late.
      expect(report.warnings.filter((warning) => warning.includes('line'))).toEqual([]);
      place.noFileLeft();
    },
  );
}

const FLOOD =
  "export function task(input) { for (let i = 0; i < 40; i++) console.log('y'.repeat(1024 * 1023)); return input.index; }\n";
const ENDLESS = "export function task(input) { process.stdout.write('z'.repeat(60e6)); return input.index; }\n";
const SHORT =
  "export function task(input) { for (let i = 0; i < 120000; i++) console.log('l'); return input.index; }\n";

for (const [what, text] of [
  ['40 MB in lines of 1 MB', FLOOD],
  ['60 MB in one line', ENDLESS],
  ['120,000 short lines', SHORT],
] as const) {
  for (const executor of ['threads', 'processes']) {
    fault(
      {
        area: AREA,
        fault: `${what}, in each of 2 tasks on ${executor}`,
        promise: 'what is dropped is counted and reported; the report is saved, and small',
      },
      async () => {
        const place = scene();
        const { code, out, err } = await ended(
          place,
          place.coreloom(['run', place.file('loud.mjs', text), `--${executor}`, '2', '--tasks', '2', '--json']),
        );
        expect(code, err.slice(-500)).toBe(0);
        expect(err).toMatch(/ dropped$/m);
        expect(err.length).toBeLessThan(32 * 1024 * 1024);
        const report = accounted(place.reports()[0]);
        expect(report.totals.counts.done).toBe(2);
        expect(out.length).toBeLessThan(3 * 1024 * 1024);
        if (what.includes('short')) {
          const told = [...err.matchAll(/… ([\d,]+) lines? \(/g)].reduce(
            (sum, [, lines]) => sum + Number(lines?.replaceAll(',', '')),
            0,
          );
          const shown = [...err.matchAll(/: l\n/g)].length;
          expect(shown + told).toBe(240_000);
          expect(report.thinned.lines.seen).toBe(240_000);
          expect(report.warnings.join()).toContain(`${told.toLocaleString('en-US')} printed lines`);
        }
        place.noFileLeft();
      },
    );
  }
}

const BYTES = `import { writeSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
export function task(_, context) {
  process.stdout.write(Buffer.from([0xe2, 0x82]));
  process.stdout.write(Buffer.from([0xac, 0x0a, 0xff, 0x00, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x72, 0x65, 0x64, 0x0a]));
  console.error('to error');
  context.log('two\\nlines');
  writeSync(1, 'descriptor\\n');
  spawnSync(process.execPath, ['-e', 'console.log("grandchild")'], { stdio: 'inherit' });
  process.stdout.write('without an end');
}
`;
const BYTES_PYTHON = `import io, os, subprocess, sys
def task(given, context):
    sys.stdout.buffer.write(b"\\xe2\\x82")
    sys.stdout.buffer.write(b"\\xac\\n\\xff\\x00\\x1b[31mred\\n")
    sys.stdout.buffer.flush()
    sys.__stdout__.write("dunder\\n")
    print("to error", file=sys.stderr, flush=True)
    io.TextIOWrapper(sys.stderr.buffer, encoding="utf-8").write("wrapped\\n")
    context.log("two\\nlines")
    os.write(1, b"descriptor\\n")
    subprocess.run([sys.executable, "-c", "print('grandchild')"], stdout=sys.stdout)
    print("without an end", end="")
`;
const SAID = ['€', '\ufffd\ufffdred', 'to error', 'two', 'lines', 'descriptor', 'grandchild', 'without an end'];

for (const [executor, notHere] of [
  ['threads'],
  ['processes'],
  ['python-threads', NEEDS_PYTHON],
  ['python-processes', NEEDS_PYTHON],
] as const) {
  fault(
    {
      area: AREA,
      fault: `bytes, escape codes, a descriptor, a grandchild's words, and no end of the last line, on ${executor}`,
      promise: 'each is shown as a line, and controls no terminal',
      notHere: notHere ?? null,
    },
    async () => {
      const place = scene();
      const python = executor.startsWith('python');
      const { code, out, err } = await ended(
        place,
        place.coreloom([
          'run',
          place.file(python ? 'bytes.py' : 'bytes.mjs', python ? BYTES_PYTHON : BYTES),
          `--${executor}`,
          '1',
          '--tasks',
          '1',
        ]),
      );
      expect(code, err).toBe(0);
      const shown = [...out.matchAll(/^(?:Python )?(?:threads|processes)(?: 1)?: (.*)$/gm)].map(([, text]) => text);
      for (const said of python ? [...SAID, 'dunder', 'wrapped'] : SAID) expect(shown).toContain(said);
      expect(out).not.toMatch(/[^\P{Cc}\n]/u);
      expect(
        accounted(place.reports()[0])
          .lines.map(({ text }) => text)
          .sort(),
      ).toEqual([...shown].sort());
      place.noFileLeft();
    },
  );
}

fault(
  {
    area: AREA,
    fault: 'to a disk that is full (/dev/full)',
    promise: 'the command says so, the run ends, its report is saved, and the command fails',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const { code, err } = await ended(
      place,
      place.start('/bin/sh', ['-c', 'exec "$0" "$@" > /dev/full', ...command(place.file('noisy.mjs', NOISY))]),
    );
    expect(err).toContain('coreloom: Cannot write to standard output: the disk is full.');
    expect(code).not.toBe(0);
    accounted(place.reports()[0]);
    place.noFileLeft();
  },
);

fault(
  {
    area: AREA,
    fault: 'to a reader that takes one line and exits (| head -1)',
    promise: 'the run ends, and its report is saved',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const { code, out } = await ended(
      place,
      place.start('/bin/sh', ['-c', '"$0" "$@" | head -1', ...command(place.file('noisy.mjs', NOISY))]),
    );
    expect([code, out.split('\n').length]).toEqual([0, 2]);
    accounted(place.reports()[0]);
    place.noFileLeft();
  },
);

fault(
  { area: AREA, fault: 'to a reader that sleeps first', promise: 'every line is shown', notHere: NEEDS_LINUX },
  async () => {
    const place = scene();
    const { code, out } = await ended(
      place,
      place.start('/bin/sh', ['-c', '"$0" "$@" | (sleep 2; cat)', ...command(place.file('noisy.mjs', NOISY))]),
    );
    expect([code, [...out.matchAll(/: line \d+ \d+ x{200}\n/g)].length]).toEqual([0, 8000]);
    place.noFileLeft();
  },
);

function command(module: string): string[] {
  return [process.execPath, COMMAND, 'run', module, '--processes', '2', '--tasks', '4'];
}

const LEAVES =
  'export const task = () => 1;\nexport const teardown = (context) => { console.log("left"); context.log("gone"); };\n';

fault(
  { area: AREA, fault: 'when their workers stop at the end of a run', promise: 'those lines are shown too' },
  async () => {
    const place = scene();
    const { code, out } = await ended(
      place,
      place.coreloom(['run', place.file('leaves.mjs', LEAVES), '--threads', '1', '--processes', '1', '--tasks', '2']),
    );
    expect([code, [...out.matchAll(/^(threads|processes) 1: (left|gone)$/gm)].map(([line]) => line).sort()]).toEqual([
      0,
      ['processes 1: gone', 'processes 1: left', 'threads 1: gone', 'threads 1: left'],
    ]);
    place.noFileLeft();
  },
);

const NAMES_AND_FAULTS = "Modules' names and faults";

fault(
  {
    area: NAMES_AND_FAULTS,
    fault: 'a name with escape codes, a line break and a direction mark in it',
    promise: 'they are spelled out wherever the name is shown, and control nothing',
    notHere: process.platform === 'win32' ? 'Windows takes no such name' : null,
  },
  async () => {
    const place = scene();
    const module = place.file(
      'a\u001b[2J\nSaved b\u202ed.mjs',
      'export const task = () => { throw new Error("no"); };\n',
    );
    const { out, err } = await ended(place, place.coreloom(['run', module, '--threads', '1', '--tasks', '2']));
    expect(out).toContain('a\\u{1b}[2J\\u{a}Saved b\\u{202e}d.mjs:1:');
    expect(out + err).not.toMatch(/[^\P{Cc}\n]|\u202e|^Saved b/mu);
    accounted(place.reports()[0]);
    place.noFileLeft();
  },
);

for (const [what, text, said] of [
  [
    'loops while it is loading',
    // Mostly asleep, as 10 s of computing say no more.
    'export const task = () => 1;\n\nfor (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);\n',
    'loops.mjs:3: the module has not finished loading after 10 s and is still at this line; ',
  ],
  [
    'throws in a timer while it is loading',
    'setTimeout(() => {\n  throw new Error("some");\n});\nexport const task = () => 1;\nawait new Promise((done) => setTimeout(done, 20_000));\n',
    'loops.mjs:2:9: an error was not caught while the module was loading (Error: some); ',
  ],
  [
    'awaits a promise that never settles',
    'export const task = () => 1;\nawait new Promise(() => {});\n',
    'loops.mjs: the module never finishes loading, because what it awaits at its top level never completes; ',
  ],
] as const) {
  fault(
    {
      area: NAMES_AND_FAULTS,
      fault: `a module that ${what}`,
      promise: 'one sentence says so, with file and line if there is one',
    },
    async () => {
      const place = scene();
      const { code, err } = await ended(
        place,
        place.coreloom(['run', place.file('loops.mjs', text), '--threads', '1', '--tasks', '2']),
      );
      expect(err).toMatch(/^coreloom: [^\n]+\n$/);
      expect(err).toContain(said);
      expect(code).not.toBe(0);
      place.noFileLeft();
    },
  );
}
