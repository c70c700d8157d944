const LONGEST = 300;

/** Anything thrown, as part of a sentence; never throws itself, whatever it is given. */
export function said(error: unknown): string {
  try {
    if (error instanceof Error) return shortened(error.message === '' ? error.name : `${error.name}: ${error.message}`);
    return shortened(typeof error === 'string' ? JSON.stringify(error) : String(error));
  } catch {
    return 'a value that cannot be shown';
  }
}

/** Whether what was thrown can tell where: also an error of another realm. */
export function isError(error: unknown): error is Error {
  return Object.prototype.toString.call(error) === '[object Error]' || error instanceof Error;
}

function shortened(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ').replace(/[.\s]+$/, '');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}
