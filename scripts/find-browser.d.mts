export interface Surroundings {
  platform?: NodeJS.Platform;
  env?: NodeJS.ProcessEnv;
  exists?: (path: string) => boolean;
}
export function browserPaths(surroundings?: Surroundings): string[];
export function findBrowser(surroundings?: Surroundings): string | null;
