export const workerChunks: { groups: { name: string; test: RegExp }[] };
