export interface Place {
  root: string;
  env?: NodeJS.ProcessEnv;
}
export interface FetchOptions extends Place {
  installer?: string;
  progress?: (bytes: number) => void;
  limits?: { stallMs: number; totalMs: number };
  signal?: AbortSignal;
}
export function namedElectron(env?: NodeJS.ProcessEnv): string | null;
export function findElectron(place: Place): string | null;
export function electronVersion(root: string): string | null;
export function fetchElectron(options: FetchOptions): Promise<{ ok: true } | { ok: false; reason: string }>;
