import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { createTerminal } from '../../src/cli/terminal';

function terminal(isTTY: boolean) {
  const stream = (): WriteStream =>
    Object.assign(new PassThrough().setEncoding('utf8'), { isTTY, columns: 80 }) as unknown as WriteStream;
  const [stdout, stderr] = [stream(), stream()];
  return { ...createTerminal({ stdin: {}, stdout, stderr, env: {} }), shown: () => [stdout.read(), stderr.read()] };
}

const HOSTILE = 'a\u001b]0;title\u0007b\u001b[2Jc\u009bd\u0008e\u007f\tf – ü\r\n';

test.each([true, false])(
  'what is printed cannot steer a terminal, nor whatever shows the file that it went to (a terminal: %s)',
  (isTTY) => {
    const { out, err, draw, shown } = terminal(isTTY);
    out(HOSTILE);
    err(HOSTILE);
    for (const text of shown()) {
      expect(text).toMatch(/^a.*\tf – ü\r\n$/);
      expect(text).not.toMatch(/[^\P{Cc}\n\r\t]/u);
    }
    draw('a\rb\u001b[2J');
    expect(shown()[1]).toBe('\ra\ufffdb');
  },
);
