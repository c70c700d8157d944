import childProcess, { type ForkOptions } from 'node:child_process';
import Module, { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';

/** The program that stands in for Electron's binary, and the folder that Electron calls `resources`. */
export interface ElectronProgram {
  program: string;
  resources: string;
}

/**
 * What Electron makes of every process of its binary before any other code runs, the main process and those that run as
 * Node (OnNodePreload in shell/common/node_bindings.cc, lib/node/init.ts): `process.execPath` is no Node, and `fork` is
 * one of Electron's own, also for those who import it by name.
 */
export function becomeElectron({ program, resources }: ElectronProgram): void {
  process.execPath = program;
  process.argv[0] = program;
  for (const [name, value] of [
    ['resourcesPath', resources],
    ['helperExecPath', program],
  ] as const)
    Object.defineProperty(process, name, { value, writable: false, enumerable: true, configurable: false });
  patchFork(program);
  searchInsideOnly(resources);
  syncBuiltinESMExports();
}

type Fork = (modulePath: unknown, args?: unknown, options?: ForkOptions) => childProcess.ChildProcess;

/** As there: what is called with a path runs as Node, in the very options of the caller; a URL passes as it came. */
function patchFork(program: string): void {
  const original = childProcess.fork as Fork;
  const fork: Fork = (modulePath, args, options) => {
    if (args === undefined || args === null) args = [];
    else if (typeof args === 'object' && !Array.isArray(args)) [args, options] = [[], args];
    if (typeof modulePath !== 'string' || !Array.isArray(args) || !['object', 'undefined'].includes(typeof options))
      return original(modulePath, args, options);
    options ??= {};
    options.env = Object.create(options.env ?? process.env) as NodeJS.ProcessEnv;
    options.env['ELECTRON_RUN_AS_NODE'] = '1';
    if (!options.execPath && process.platform === 'darwin') options.execPath = program;
    return original(modulePath, args, options);
  };
  Object.assign(childProcess, { fork });
}

/** A module inside of the resources finds no package outside of them. */
function searchInsideOnly(resources: string): void {
  const loader = Module as unknown as { _nodeModulePaths(from: string): string[] };
  const original = loader._nodeModulePaths.bind(Module);
  const inside = (path: string): boolean => path.startsWith(resources + sep);
  loader._nodeModulePaths = (from) =>
    inside(resolve(from) + sep) ? original(from).filter((candidate) => inside(candidate)) : original(from);
}
