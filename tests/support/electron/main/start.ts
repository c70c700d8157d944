import * as module from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { becomeElectron } from './electron-process';

const [, , program = '', ...words] = process.argv;
// The built stand-in is one module: what is imported as `electron` must be this very file.
const electron = new URL('./electron.js', import.meta.url).href;

interface Resolved {
  url: string;
  shortCircuit?: boolean;
}
type NextResolve = (specifier: string, context: unknown) => Resolved;
type RegisterHooks = (hooks: { resolve(specifier: string, context: unknown, next: NextResolve): Resolved }) => void;

/** Maps `electron` to the stand-in; Node 20 has the asynchronous way only. */
function mapElectron(): void {
  const { registerHooks } = module as unknown as { registerHooks?: RegisterHooks };
  if (registerHooks !== undefined) {
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === 'electron' ? { url: electron, shortCircuit: true } : next(specifier, context),
    });
    return;
  }
  const hook = `export const resolve = (specifier, context, next) => specifier === 'electron' ? { url: ${JSON.stringify(electron)}, shortCircuit: true } : next(specifier, context);`;
  module.register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

process.argv = [program, ...words];
becomeElectron({ program, resources: `${dirname(program)}/resources` });
mapElectron();
const { becomeMain, standInApp } = await import('./index');
becomeMain();
try {
  await import(pathToFileURL(standInApp.entry()).href);
} catch (error) {
  // The app goes on without its code, as Electron does.
  process.emit('uncaughtException', error as Error);
}
setImmediate(() => {
  standInApp.becomeReady();
});
