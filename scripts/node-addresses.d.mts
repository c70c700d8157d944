export function tooFewAddresses(read?: (path: string) => string): string | null;
