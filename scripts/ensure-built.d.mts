export function buildState(root: string): 'published' | 'missing' | 'stale' | 'current';
export function ensureBuilt(options: { root: string; say?: (line: string) => void }): Promise<void>;
