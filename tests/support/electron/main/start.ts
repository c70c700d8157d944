import * as module from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { standInApp } from './index';

const [, , application = ''] = process.argv;
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

mapElectron();
await import(pathToFileURL(resolve(application)).href);
setImmediate(() => {
  standInApp.becomeReady();
});
