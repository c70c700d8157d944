export function workerChunks(root: string): { groups: { name: string; test: (id: string) => boolean }[] };
