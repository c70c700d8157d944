import { electronHostName } from './desktop';

const HOSTS = {
  electron: 'Electron itself',
  'stand-in': 'the stand-in for Electron (tests/support/electron), as its binary or a display is missing here',
};

/** Says once which host the desktop's tests run on. */
export default function setup(): void {
  console.log(`Desktop tests run on ${HOSTS[electronHostName()]}.`);
}
