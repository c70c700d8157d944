import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { createTerminal } from '../../src/cli/terminal';

function terminal(isTTY: boolean) {
  const stream = (): WriteStream => Object.assign(new PassThrough().setEncoding('utf8'), { isTTY, columns: 80 }) as unknown as WriteStream;
  const [stdout, stderr] = [stream(), stream()];
  return { ...createTerminal({ stdin: {}, stdout, stderr, env: {} }), shown: () => [stdout.read(), stderr.read()] };
}

const HOSTILE = 'a\u001b]0;title\u0007b\u001b[2Jc\u009bd\u0008e\u007f\tf – ü\r\n';

test('what is printed on a terminal cannot steer it', () => {
  const { out, err, shown } = terminal(true);
  out(HOSTILE);
  err(HOSTILE);
  for (const text of shown()) {
    expect(text).toMatch(/^a.*\tf – ü\r\n$/);
    expect(text).not.toMatch(/[^\P{Cc}\n\r\t]/u);
  }
});

test('a file is given every character as it is', () => {
  const { out, err, shown } = terminal(false);
  out(HOSTILE);
  err(HOSTILE);
  expect(shown()).toEqual([HOSTILE, HOSTILE]);
});
