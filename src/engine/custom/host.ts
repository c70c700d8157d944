import { CoreloomError, type ModuleOffer } from '../../contract';

/** What a host says of the user's own files. */
export interface ModuleHost {
  /**
   * Whether a file may run: asked each time, with its path, absolute and with links resolved where it exists. May ask the
   * user and wait for the answer. Throws `module-not-trusted` if it can say why not.
   */
  authorizeModule(path: string): Promise<boolean>;
  offer(): ModuleOffer | Promise<ModuleOffer>;
  /** Asks for a file; null where none was chosen. */
  chooseModule?(): Promise<string | null>;
}

/** What a host offers that runs no files. */
export const NO_MODULES: ModuleOffer = { by: 'none', modules: [] };

/** Lets a host ask for a file. Throws `not-available` where it has no way to. */
export async function chooseModule(host: ModuleHost | undefined): Promise<{ path: string } | null> {
  if (host?.chooseModule === undefined)
    throw new CoreloomError('not-available', 'There is no file dialog in a browser: choose one of the listed modules.');
  const path = await host.chooseModule();
  return path === null ? null : { path };
}
