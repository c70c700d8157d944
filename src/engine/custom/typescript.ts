import { createRequire } from 'node:module';
import type { transformSync } from 'amaro';
import type { Place } from './place';

/** Something in a source that cannot be read, in few words, and where. */
export interface SourceFault {
  place: Place;
  message: string;
}

/** What the parser throws, which is no Error. */
interface ParseError {
  code: 'InvalidSyntax' | 'UnsupportedSyntax';
  message: string;
  startLine: number;
  /** From 0. */
  startColumn: number;
}

const load = createRequire(import.meta.url);

/** Loads the library at its first use: it is 4 MB of WebAssembly, which reserves 10 GiB of addresses. */
function strip(source: string, filename: string): string {
  const amaro = load('amaro') as { transformSync: typeof transformSync };
  return amaro.transformSync(source, { mode: 'strip-only', filename }).code;
}

const isParseError = (error: unknown): error is ParseError =>
  typeof error === 'object' && error !== null && typeof (error as Partial<ParseError>).startLine === 'number';

/**
 * TypeScript with its types replaced by blanks, so that lines and columns stay: with the library that Node itself strips
 * types with. Throws a `SourceFaultError` where the source cannot be read, or needs more than types taken out (enums).
 */
export function stripTypes(source: string, file: string): string {
  try {
    return strip(source, file);
  } catch (error) {
    if (isParseError(error)) throw new SourceFaultError(faultOf(error, file));
    throw error;
  }
}

export class SourceFaultError extends Error {
  readonly fault: SourceFault;

  constructor(fault: SourceFault) {
    super(fault.message);
    this.name = 'SyntaxError';
    this.fault = fault;
    // The stack crosses from the thread of the hooks to the module that imports.
    this.stack = `SyntaxError: ${fault.message}\n    at ${fault.place.file}:${String(fault.place.line)}:${String(fault.place.column ?? 1)}`;
  }
}

function faultOf({ code, message, startLine, startColumn }: ParseError, file: string): SourceFault {
  const plain = message.replace(' in strip-only mode', '').replace(/[.\s]+$/, '');
  const what =
    code === 'UnsupportedSyntax'
      ? `${plain}, because Coreloom only removes types here; use plain JavaScript instead`
      : plain;
  return { place: { file, line: startLine, column: startColumn + 1 }, message: what };
}
