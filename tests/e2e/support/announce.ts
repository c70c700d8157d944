import { electronVersions } from '../../../scripts/electron-versions.mjs';
import { findElectron } from '../../../scripts/find-electron.mjs';
import { hasDisplay } from '../../../scripts/obtain-electron.mjs';
import { ROOT } from '../../support/paths';

const STAND_IN = 'the stand-in for Electron (tests/support/electron)';

/** Finds out once which host the desktop's tests run on, Electron itself where it starts here, and says so. */
export default async function setup(): Promise<void> {
  const named = process.env['CORELOOM_DESKTOP_HOST'];
  if (named === undefined) return announce(await findOut());
  console.log(`Desktop tests run on ${named === 'electron' ? 'Electron itself' : STAND_IN}.`);
}

interface Found {
  host: 'electron' | 'stand-in';
  words: string;
}

function announce({ host, words }: Found): void {
  process.env['CORELOOM_DESKTOP_HOST'] = host;
  console.log(`Desktop tests run on ${words}.`);
}

async function findOut(): Promise<Found> {
  const program = findElectron({ root: ROOT });
  if (program === null || !hasDisplay())
    return { host: 'stand-in', words: `${STAND_IN}, as its binary or a display is missing here` };
  const found = await electronVersions({ program });
  return found.state === 'started'
    ? { host: 'electron', words: 'Electron itself' }
    : { host: 'stand-in', words: `${STAND_IN}, as Electron does not start here: ${found.reason}` };
}
