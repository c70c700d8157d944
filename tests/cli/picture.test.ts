import { expect, test } from 'vitest';
import { asLive } from '../support/live-report';
import { temporaryFolder } from '../support/folder';
import { hasPseudoTerminals, shownBy, startInTerminal } from '../support/pseudo-terminal';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { COMMAND, savedReports } from './coreloom';
import { readFileSync } from 'node:fs';

const RUN = [process.execPath, COMMAND, 'run', 'sleep', '--threads', '2', '--processes', '1', '--size', '20'];
const SIZE = { columns: 90, rows: 30 };
const CTRL_C = 3;
const [SIGQUIT, SIGTERM] = [3, 15];
/** The last line of the picture, once there is something to see. */
const DRAWN = /P1\D.* [1-9]\d* tasks?\b/;

function inTerminal(words: readonly string[], env: NodeJS.ProcessEnv = {}, size = SIZE) {
  const home = temporaryFolder();
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...rest } = process.env;
  const command = startInTerminal(words, {
    ...size,
    env: { ...rest, CORELOOM_HOME: home, TERM: 'xterm-256color', ...env },
  });
  return { ...command, home };
}

test.runIf(hasPseudoTerminals)(
  'a run is drawn in place, and Ctrl-C leaves its summary alone, and the cursor',
  async () => {
    const command = inTerminal(RUN);
    await command.said(DRAWN);
    command.press(CTRL_C);
    const { code, out } = await command.ended;
    expect(code).toBe(130);
    expect(out).toContain('\u001b[38;5;');
    expect(out).toContain('\u001b[?25l');
    const { lines, cursorIsSeen } = await shownBy(out, SIZE);
    expect(cursorIsSeen).toBe(true);
    expect(lines.join('\n')).toContain('cancelled before its end');
    // Nothing of the picture is left, above the summary or within it.
    expect(lines.filter((line) => /Ctrl-C stops|^T1 |waiting for a core  ·/.test(line))).toEqual([]);
    const [saved = ''] = savedReports(command.home);
    expect(asLive(parseReportText(readFileSync(saved, 'utf8'))).outcome).toBe('cancelled');
  },
);

test.runIf(hasPseudoTerminals)('what it shows is the run: subject, throughput, executors, cores, workers', async () => {
  const command = inTerminal(RUN, { NO_COLOR: '1' });
  await command.said(DRAWN);
  // Killed, it cannot take the picture away.
  command.signal(9);
  const { out } = await command.ended;
  expect(out).not.toMatch(/\u001b\[[\d;]*3[0-8]/);
  const { lines } = await shownBy(out, SIZE);
  const text = lines.join('\n');
  expect(text).toMatch(/^sleep  Running tasks  00:0\d .*Ctrl-C stops and keeps$/m);
  expect(text).toMatch(/^[\d,.]+ tasks\/s  /m);
  expect(text).toMatch(/^T threads    2 workers /m);
  expect(text).toMatch(/^P processes  1 worker /m);
  expect(text).toMatch(/^Cores  [\d.]+ of \d+ busy  /m);
  expect(text.match(/^[TP]\d .*\d+ tasks?$/gm)).toHaveLength(3);
  expect(text.match(/^sleep /gm)).toHaveLength(1);
});

test.runIf(hasPseudoTerminals).each([
  ['SIGTERM, after which its report is kept,', SIGTERM, 130],
  ['a signal that ends it at once', SIGQUIT, 256 - SIGQUIT],
] as const)('%s gives the cursor back', async (_, signal, code) => {
  const command = inTerminal(RUN);
  await command.said(DRAWN);
  command.signal(signal);
  const ended = await command.ended;
  expect(ended.code).toBe(code);
  expect((await shownBy(ended.out, SIZE)).cursorIsSeen).toBe(true);
});

test.runIf(hasPseudoTerminals)('so does a crash', async () => {
  const crash =
    'data:text/javascript,import{isMainThread}from"node:worker_threads";isMainThread&&process.argv[2]==="run"&&process.on("SIGUSR2",()=>{throw new Error("crashed")})';
  const [node = '', ...rest] = RUN;
  const command = inTerminal([node, '--import', crash, ...rest]);
  await command.said(DRAWN);
  command.signal(12);
  const { code, out } = await command.ended;
  expect(code).toBe(1);
  expect(out).toContain('crashed');
  expect((await shownBy(out, SIZE)).cursorIsSeen).toBe(true);
});

test.runIf(hasPseudoTerminals)(
  'a terminal that gets too small shows a line, and the picture again when it has grown',
  async () => {
    const command = inTerminal([...RUN, '--duration', '60s']);
    await command.said(DRAWN);
    command.resize(50, 10);
    await command.said(/ tasks\/s {2}[\d.]+ of \d+ cores busy/);
    command.resize(100, 40);
    await command.said(/[\d.]+ of \d+ cores busy[^]*P1\D.* tasks?\b/);
    command.press(CTRL_C);
    const { code, out } = await command.ended;
    expect(code).toBe(130);
    expect((await shownBy(out, SIZE)).cursorIsSeen).toBe(true);
  },
);

test.runIf(hasPseudoTerminals)('lines that tasks print stay above the picture', async () => {
  const command = inTerminal([
    process.execPath,
    COMMAND,
    'run',
    'count',
    '--threads',
    '1',
    '--tasks',
    '1',
    '--size',
    '100',
  ]);
  const { code, out } = await command.ended;
  expect(code).toBe(0);
  const { lines } = await shownBy(out, SIZE);
  expect(lines.slice(0, 5)).toEqual([1, 2, 3, 4, 5].map((number) => `threads 1: Number: ${String(number)}`));
  expect(lines.join('\n')).not.toContain('Ctrl-C stops');
});

test.runIf(hasPseudoTerminals).each([
  ['CORELOOM_PLAIN=1', [], { CORELOOM_PLAIN: '1' }],
  ['--no-live', ['--no-live'], {}],
  ['TERM=dumb', [], { TERM: 'dumb' }],
] as const)('with %s whole lines are printed, and nothing is drawn', async (_, options, env) => {
  const command = inTerminal([...RUN, ...options, '--tasks', '40'], env);
  const { code, out } = await command.ended;
  expect(code).toBe(0);
  expect(out).not.toContain('\u001b');
  expect(out).toMatch(/^(Starting workers for sleep…\r\n)?00:0\d  [\d,.]+ tasks\/s  .*\r\n/);
  expect(out.replaceAll('\r\n', '')).not.toContain('\r');
});
