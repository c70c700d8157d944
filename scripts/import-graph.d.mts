export function sourceFiles(root: string, folders: readonly string[]): string[];
export function importGraph(root: string, folders: readonly string[]): Map<string, string[]>;
export function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][];
