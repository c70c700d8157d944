import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Surroundings {
  platform?: NodeJS.Platform;
  env?: NodeJS.ProcessEnv;
  exists?: (path: string) => boolean;
}

const LINUX_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PATHS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** The first Chrome, Chromium or Edge that is installed, or null. `CORELOOM_CHROMIUM` names one outright. */
export function findBrowser({
  platform = process.platform,
  env = process.env,
  exists = existsSync,
}: Surroundings = {}): string | null {
  const named = env['CORELOOM_CHROMIUM'];
  return [...(named ? [named] : []), ...browserPaths(platform, env)].find(exists) ?? null;
}

/** Where one is usually found, best first. */
function browserPaths(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') {
    const folders = ['/Applications', ...defined(env['HOME']).map((home) => join(home, 'Applications'))];
    return MAC_APPS.flatMap((app) => folders.map((folder) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)));
  }
  if (platform === 'win32') {
    const folders = defined(env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']);
    return WINDOWS_PATHS.flatMap((path) => folders.map((folder) => join(folder, ...path)));
  }
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

const defined = (...values: (string | undefined)[]): string[] => values.filter((value) => value !== undefined);
