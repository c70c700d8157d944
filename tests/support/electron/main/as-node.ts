import { becomeElectron, type ElectronProgram } from './electron-process';

/** Makes this Node what Electron's binary is under ELECTRON_RUN_AS_NODE; `preload` is the file that it was started with for that. */
export function runAsNode(program: ElectronProgram, preload: string): void {
  const at = process.execArgv.indexOf(preload);
  // Nobody sees how it came to be, nor hands it on.
  if (at > 0) process.execArgv.splice(at - 1, 2);
  becomeElectron(program);
}
