export function named(root?: string): Record<string, Record<string, string[]>>;
export function least(examples: Record<string, string[]>): number;
export function house(root?: string): Record<string, number>;
export function foldersOfKinds(root?: string): Record<string, number>;
