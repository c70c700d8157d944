#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../scripts/ensure-built.mjs';
import { tooFewAddresses } from '../scripts/node-addresses.mjs';
import { tooOld } from '../scripts/node-version.mjs';

try {
  const refusal = tooOld() ?? tooFewAddresses();
  if (refusal !== null) throw new Error(refusal);
  await ensureBuilt({ root: fileURLToPath(new URL('..', import.meta.url)) });
  await import('../out/main/cli.js').catch((error) => {
    // Also where the system lets this process have too few files or too little memory to load what it needs.
    throw new Error(
      `Coreloom could not be loaded: ${error.message}; raise the limits on files and memory (ulimit), or reinstall it.`,
    );
  });
} catch (error) {
  process.stderr.write(`coreloom: ${error.message}\n`);
  process.exit(1);
}
