import { spawnSync } from 'node:child_process';
import xterm from '@xterm/headless';
import { start, type Running } from './processes';

/** Runs a command in a terminal of a size; what it writes goes to standard output, and lines on standard input act on it. */
const HOST = `
import fcntl, os, pty, select, struct, sys, termios
def resize(columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
ready, go = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    os.read(ready, 1)
    os.execv(sys.argv[3], sys.argv[3:])
resize(int(sys.argv[1]), int(sys.argv[2]))
os.write(go, b'.')
while True:
    for source in select.select([terminal, 0], [], [])[0]:
        if source == 0:
            for word in os.read(0, 4096).decode().split():
                action, *values = word.split(',')
                if action == 'resize': resize(int(values[0]), int(values[1]))
                if action == 'key': os.write(terminal, bytes([int(values[0])]))
                if action == 'signal': os.kill(pid, int(values[0]))
        else:
            try: data = os.read(terminal, 65536)
            except OSError: data = b''
            if data == b'':
                sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) % 256)
            os.write(1, data)
`;

/** Whether there is what makes pseudo-terminals. */
export const hasPseudoTerminals =
  process.platform === 'linux' &&
  spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode']).status === 0;

export interface PseudoTerminal extends Running {
  resize(columns: number, rows: number): void;
  /** As from a keyboard: 3 is Ctrl-C. */
  press(code: number): void;
  signal(number: number): void;
}

/** A command in a terminal; it ends with its exit code, or 256 less its signal. */
export function startInTerminal(
  words: readonly string[],
  { columns, rows, env }: { columns: number; rows: number; env: NodeJS.ProcessEnv },
): PseudoTerminal {
  const host = start('python3', ['-c', HOST, String(columns), String(rows), ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
  });
  const tell = (words: string): void => void host.child.stdin?.write(`${words}\n`);
  return {
    ...host,
    resize: (columns, rows) => tell(`resize,${columns},${rows}`),
    press: (code) => tell(`key,${code}`),
    signal: (number) => tell(`signal,${number}`),
  };
}

/** What a terminal shows that was written to: every line of it, also those that scrolled away, and whether its cursor is seen. */
export async function shownBy(
  text: string,
  size: { columns: number; rows: number },
): Promise<{ lines: string[]; cursorIsSeen: boolean }> {
  const terminal = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    scrollback: 1_000,
    allowProposedApi: true,
  });
  await new Promise<void>((resolve) => {
    terminal.write(text, resolve);
  });
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? '');
  terminal.dispose();
  return { lines, cursorIsSeen: text.lastIndexOf('\u001b[?25l') <= text.lastIndexOf('\u001b[?25h') };
}
