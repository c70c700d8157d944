export function hasDisplay(env?: NodeJS.ProcessEnv): boolean;
