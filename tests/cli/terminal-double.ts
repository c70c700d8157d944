import type { Terminal } from '../../src/cli/terminal';

export interface TerminalDouble extends Terminal {
  outText: string;
  errText: string;
}

/** A terminal that remembers what was said. */
export function terminalDouble(options: { live?: boolean; attended?: boolean; columns?: number } = {}): TerminalDouble {
  const double: TerminalDouble = {
    live: options.live ?? false,
    attended: options.attended ?? false,
    columns: options.columns ?? 80,
    plain: false,
    canvas: null,
    giveBack: () => {},
    outText: '',
    errText: '',
    out: (text) => void (double.outText += text),
    err: (text) => void (double.errText += text),
    draw: (text) => void (double.errText += `\r${text}`),
    waitingBytes: () => 0,
    onReaderGone: () => {},
    flush: async () => null,
  };
  return double;
}
