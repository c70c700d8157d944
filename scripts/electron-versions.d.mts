import type { NotStarted } from './electron-failure.mjs';

export interface VersionsOptions {
  program: string;
  sandbox?: boolean;
  env?: NodeJS.ProcessEnv;
  limitMs?: number;
  signal?: AbortSignal;
}
export function electronVersions(
  options: VersionsOptions,
): Promise<{ state: 'started'; versions: NodeJS.ProcessVersions } | NotStarted>;
