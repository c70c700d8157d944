#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Loads what runs the command, once it is known that it can. Throws an error whose message is one sentence. */
async function run() {
  const [{ ensureBuilt }, { tooFewAddresses }, { tooOld }] = await Promise.all([
    import('../scripts/ensure-built.mjs'),
    import('../scripts/node-addresses.mjs'),
    import('../scripts/node-version.mjs'),
  ]);
  const refusal = tooOld() ?? tooFewAddresses();
  if (refusal !== null) throw new Error(refusal);
  await ensureBuilt({ root: ROOT });
  await import('../out/main/cli.js').catch((error) => {
    // Also where the system lets this process have too few files or too little memory to load what it needs.
    throw new Error(
      `Coreloom could not be loaded: ${error.message}; raise the limits on files and memory (ulimit), or reinstall it.`,
    );
  });
}

// Scripts ask for it, and it needs nothing that would have to be loaded.
if (process.argv.length === 3 && ['--version', '-v'].includes(process.argv[2])) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  await run().catch((error) => {
    process.stderr.write(`coreloom: ${error.message}\n`);
    process.exit(1);
  });
}
