import { build } from 'electron-vite';

/** Builds the application once before all tests, unless whoever started them has just done so. */
export default async function setup(): Promise<void> {
  if (process.env['CORELOOM_BUILT'] === '1') return;
  await build({ logLevel: 'warn' });
}
