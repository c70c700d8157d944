import { afterEach } from 'vitest';

/** Which program stood behind a page. */
export type HostName = 'electron' | 'stand-in' | 'web';

declare module 'vitest' {
  interface TaskMeta {
    /** The host that a test ran on; null where it launched none. */
    host?: HostName | null;
  }
}

let launched: HostName | null = null;

/** Notes the host that the next tests of this file run on, for their results. */
export function noteHost(host: HostName): void {
  launched = host;
}

afterEach(({ task }) => {
  task.meta.host = launched;
});

/** Which host the desktop's tests run on, as tests/e2e/support/announce.ts has found out. */
export function electronHostName(): 'electron' | 'stand-in' {
  return process.env['CORELOOM_DESKTOP_HOST'] === 'electron' ? 'electron' : 'stand-in';
}
