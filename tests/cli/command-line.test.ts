import { expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line';
import type { Command } from '../../src/cli/command';
import { COMMANDS } from '../../src/cli/commands';
import { createInterrupt } from '../../src/cli/interrupt';
import { CoreloomError, type ErrorCode } from '../../src/contract';
import { terminalDouble } from './terminal-double';

async function coreloom(words: string[], commands: readonly Command[] = COMMANDS) {
  const terminal = terminalDouble();
  const code = await runCommandLine(words, {
    commands,
    version: '1.2.3',
    context: {
      terminal,
      interrupt: createInterrupt({ signals: { on: () => {} }, endNow: () => {}, nowMs: () => 0 }),
      openEngine: () => {
        throw new Error('No engine was wanted here.');
      },
      templatesFolder: '',
      rendererFolder: '/nowhere',
    },
  });
  return { code, out: terminal.outText, err: terminal.errText };
}

test.each([[['--version']], [['-v']], [['run', '--version']], [['serve', '-v']]])(
  '%j prints the version',
  async (words) => {
    expect(await coreloom(words)).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  },
);

test('the help names every command and the exit codes', async () => {
  const { code, out } = await coreloom(['--help']);
  expect(code).toBe(0);
  for (const { name, summary } of COMMANDS)
    expect(out.split('\n').find((line) => line.startsWith(`  ${name} `))).toContain(summary);
  expect(out).toContain('Exit codes: 0 success, 1 failed, 2 wrong usage (nothing was run), 130 interrupted.');
  expect(await coreloom(['help'])).toEqual({ code, out, err: '' });
});

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  'coreloom %s --help names every option, with no workload given',
  async (name, command) => {
    const { code, out } = await coreloom([name, '--help']);
    expect(code).toBe(0);
    for (const option of Object.keys(command.options)) expect(out).toContain(`  --${option}`);
    expect(await coreloom(['help', name])).toMatchObject({ out });
    expect(out.split('\n').filter((line) => line.length > 120)).toEqual([]);
  },
);

test('no command at all is wrong usage, with the help', async () => {
  const { code, out, err } = await coreloom([]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('Usage: coreloom <command>');
});

test.each([
  [['rnu'], 'There is no command "rnu". Did you mean "run"?'],
  [['worklods'], 'There is no command "worklods". Did you mean "workloads"?'],
  [['frobnicate'], 'There is no command "frobnicate". See coreloom --help.'],
  [['--json', 'run'], 'Give a command first: coreloom <command> --json. See coreloom --help.'],
  [
    ['run'],
    'The argument <workload> is missing: coreloom run <workload>. The name of a workload (coreloom workloads lists them), or the path of your module.',
  ],
  [['run', 'sha256', 'primes'], '"primes" is an unexpected argument; see coreloom run --help.'],
  [['machine', 'now'], '"now" is an unexpected argument; see coreloom machine --help.'],
  [['run', 'sha256', '--thread', '2'], 'coreloom run has no option --thread. Did you mean --threads?'],
  [['run', 'sha256', '-x'], 'coreloom run has no option -x. See coreloom run --help.'],
  [['run', 'sha256', '--__proto__', '1'], 'coreloom run has no option --__proto__. See coreloom run --help.'],
  [['run', 'sha256', '--constructor'], 'coreloom run has no option --constructor. See coreloom run --help.'],
  [['run', 'sha256', '--threads'], '--threads needs a value: --threads N.'],
  [['run', 'sha256', '--threads='], '--threads needs a value: --threads N.'],
  [['run', 'sha256', '--threads', '--json'], '--threads needs a value: --threads N.'],
  [['run', 'sha256', '--json=yes'], '--json takes no value: remove "=yes".'],
  [['run', 'sha256', '--threads', 'NaN'], '--threads must be a whole number from 0 to 1024, not "NaN".'],
  [['run', 'sha256', '--threads', '-1'], '--threads must be a whole number from 0 to 1024, not "-1".'],
  [['run', 'sha256', '--threads', '1.5'], '--threads must be a whole number from 0 to 1024, not "1.5".'],
  [['run', 'sha256', '--threads', '0x10'], '--threads must be a whole number from 0 to 1024, not "0x10".'],
  [['run', 'sha256', '--processes', '1025'], '--processes must be a whole number from 0 to 1024, not "1025".'],
  [['run', 'sha256', '--threads', '0'], 'At least one worker is needed: set --threads or --processes to 1 or more.'],
  [
    ['run', 'sha256', '--duration', '10'],
    '--duration must be a time from 1ms to 168h with its unit, such as 500ms, 10s or 2m, not "10".',
  ],
  [
    ['run', 'sha256', '--duration', '0s'],
    '--duration must be a time from 1ms to 168h with its unit, such as 500ms, 10s or 2m, not "0s".',
  ],
  [
    ['run', 'sha256', '--duration', '9999h'],
    '--duration must be a time from 1ms to 168h with its unit, such as 500ms, 10s or 2m, not "9999h".',
  ],
  [
    ['run', 'sha256', '--task-ms', '60000', '--tasks', '1'],
    '--task-ms must be a number of milliseconds from 0.05 to 10000, not "60000".',
  ],
  [['run', 'sha256', '--duration', '1s', '--tasks', '1'], 'Give either --duration or --tasks, not both.'],
  [['run', 'sha256', '--size', '1', '--task-ms', '1'], 'Give either --size or --task-ms, not both.'],
  [['run', 'sha256', '--tasks', '0'], '--tasks must be a whole number from 1 to 1000000000000, not "0".'],
  [
    ['run', 'sha256'],
    'Set an end with --duration 10s or --tasks 1000: without a terminal, Ctrl-C cannot stop the run.',
  ],
  ...['-1', '1.5', '101%', '1e3', '5%%', '%', 'all', '2 %'].map((typed): [string[], string] => [
    ['run', 'sha256', '--tasks', '9', '--allow-failures', typed],
    `--allow-failures must be a whole number of tasks, such as 5, or a percentage of them from 0% to 100%, such as 2%, not "${typed}".`,
  ]),
  [
    ['run', 'sha256', '--allow-failure', '5'],
    'coreloom run has no option --allow-failure. Did you mean --allow-failures?',
  ],
  [['run', 'sha256', '--python-threads', '1.5'], '--python-threads must be a whole number from 0 to 1024, not "1.5".'],
  [
    ['run', 'sha256', '--python-threads', '1', '--python-start', 'thread'],
    '--python-start must be one of fork, forkserver, spawn, not "thread".',
  ],
  [['serve', '--port', '70000'], '--port must be a whole number from 0 to 65535, not "70000".'],
])('%j is refused in one sentence with exit code 2', async (words, sentence) => {
  expect(await coreloom(words)).toEqual({ code: 2, out: '', err: `coreloom: ${sentence}\n` });
});

test.each([
  [['run', 'sha265', '--tasks', '1'], /There is no workload "sha265"\. Did you mean "sha256"\?/],
  [['run', 'sha256', '--tasks', '1', '--size', '0.5'], /The size of sha256 .* must be a whole number from /],
  [
    ['run', 'sha256', '--tasks', '1', '--report', 'out.txt'],
    /"out\.txt" has no known file extension: use one of \.html, .*\.json/,
  ],
  [
    ['run', 'sha256', '--tasks', '1', '--report', '/nowhere/at/all.json'],
    /Cannot write "\/nowhere\/at\/all\.json": the folder "\/nowhere\/at" does not exist/,
  ],
])('%j is refused before the engine is started', async (words, sentence) => {
  const { code, out, err } = await coreloom(words);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(sentence);
});

test('workloads are listed as text and as JSON', async () => {
  const { out } = await coreloom(['workloads']);
  const { out: json } = await coreloom(['workloads', '--json']);
  const infos = JSON.parse(json) as { name: string; exercises: string }[];
  expect(infos.map(({ name }) => name)).toContain('sha256');
  for (const { name, exercises } of infos) {
    expect(out).toContain(`${name} `);
    expect(out).toContain(exercises);
  }
});

test.each<[ErrorCode, number]>([
  ['bad-input', 2],
  ['port-in-use', 1],
  ['worker-start-failed', 1],
  ['internal', 1],
])('an error %s ends with exit code %i and its sentence alone', async (code, exit) => {
  const failing: Command = {
    name: 'fail',
    summary: 'fail',
    options: {},
    run: () => Promise.reject(new CoreloomError(code, 'It went wrong.')),
  };
  expect(await coreloom(['fail'], [failing])).toEqual({ code: exit, out: '', err: 'coreloom: It went wrong.\n' });
});
