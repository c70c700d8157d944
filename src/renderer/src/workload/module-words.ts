import { capital, plural, spelledOut, type ErrorInfo, type ModuleExport, type ModuleInfo } from '../../../contract';

/** A path as folder and file to be shown, whichever way the system that it comes from separates them. */
export function splitPath(path: string): { folder: string; file: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { folder: spelledOut(path.slice(0, Math.max(at, 0))), file: spelledOut(path.slice(at + 1)) };
}

/** An export with what is worth knowing of it. */
export function exportWord(name: ModuleExport, module: ModuleInfo): string {
  if (name === 'task') {
    const line = /:(\d+)/.exec(module.taskPlace)?.[1];
    return line === undefined ? name : `task:${line}`;
  }
  if (name === 'inputs' && module.inputs !== null) return plural(module.inputs, 'input');
  return name;
}

/** A sentence about a file, with the place it begins with apart: `task.mjs:2:9`. */
export function errorParts({ code, message }: ErrorInfo): { place: string | null; text: string } {
  const [whole = '', place = null] =
    (code === 'module-broken' ? /^([^\s:]+(?::\d+){1,2}):\s+/.exec(message) : null) ?? [];
  const text = message.slice(whole.length);
  return { place, text: place === null ? text : capital(text) };
}
