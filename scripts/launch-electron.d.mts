export const WINDOW_READY: string;
export function asElectron(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
export interface LaunchOptions {
  program: string;
  root: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  limits?: { noticeMs: number; windowMs: number };
  say?: (line: string) => void;
}
export function launchElectron(
  options: LaunchOptions,
): Promise<{ state: 'ended'; code: number } | { state: 'not-started'; reason: string; remedy: string[] }>;
