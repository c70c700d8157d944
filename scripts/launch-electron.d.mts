import type { NotStarted } from './electron-failure.mjs';

export const WINDOW_READY: string;
export const ALREADY_OPEN: string;
export function asElectron(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
export interface LaunchOptions {
  program: string;
  root: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  limits?: { noticeMs: number; windowMs: number };
  say?: (line: string) => void;
}
export function launchElectron(options: LaunchOptions): Promise<{ state: 'ended'; code: number } | NotStarted>;
