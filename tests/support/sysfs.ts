import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths';

interface Recorded {
  files: Record<string, string>;
  /** Files of each core by their name in its folder, in the order of the cores. */
  cores: Record<string, (string | null)[]>;
}

/** Reads files of a machine that somebody recorded (tests/fixtures/sysfs, which say where from), with others in their place. */
export function recordedSysfs(name: string, more: Record<string, string> = {}): (path: string) => string | null {
  const text = readFileSync(join(ROOT, 'tests/fixtures/sysfs', `${name}.json`), 'utf8');
  const { files, cores } = JSON.parse(text) as Recorded;
  return (path) => {
    const [, core, file] = /^\/sys\/devices\/system\/cpu\/cpu(\d+)\/(.+)$/.exec(path) ?? [];
    return more[path] ?? files[path] ?? cores[file ?? '']?.[Number(core)] ?? null;
  };
}
