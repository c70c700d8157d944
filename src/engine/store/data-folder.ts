import { resolve } from 'node:path';
import envPaths from 'env-paths';

/** The folder that Coreloom keeps its data in: `CORELOOM_HOME`, or else what the system has for users' data. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const wanted = env['CORELOOM_HOME'];
  return wanted ? resolve(wanted) : envPaths('coreloom', { suffix: '' }).data;
}
