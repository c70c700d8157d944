import { build } from 'electron-vite';
import { buildStandIn } from './electron/build';

/** Builds the application once before all tests, unless whoever started them has just done so; and the stand-in. */
export default async function setup(): Promise<void> {
  if (process.env['CORELOOM_BUILT'] !== '1') await build({ logLevel: 'warn' });
  await buildStandIn();
}
