import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** The files of a folder but those that start nothing: they are quick, and share what was loaded with the other quick ones. */
const but = (folder: string, ...quick: string[]): string => `${folder}/!(${quick.join('|')}).test.ts`;

/** Tests of real pools, samplers, commands and servers: they wait more than they compute, so several files of them share the machine. */
const real = [
  but('tests/engine/pool', 'bounds', 'limit'),
  'tests/engine/pool/scenarios/**',
  'tests/engine/python/{checksums,clock,executor,faults,lock-live,parent,python-worker,speed-up}.test.ts',
  'tests/engine/python/interpreters/**',
  'tests/engine/metrics/*.test.ts',
  but('tests/engine/custom', 'checksum', 'place', 'said', 'sentences'),
  'tests/engine/custom/python/**',
  but('tests/engine/workload', 'registry'),
  but('tests/engine', 'history', 'journal', 'run-source', 'settings'),
  but(
    'tests/cli',
    'app-window',
    'command-line',
    'experiment-line',
    'live-line',
    'progress',
    'suggest',
    'summary',
    'task-lines',
    'terminal',
    'warnings',
  ),
  but('tests/scripts', 'electron-failure', 'import-graph', 'node-addresses', 'test-results', 'walls'),
  'tests/web-host/**',
  'tests/main/{index,page-faults,session-end}.test.ts',
];
const e2e = ['tests/e2e/**'];
/** The fault table: a row a test (tests/faults/fault.ts). */
const faults = ['tests/faults/**'];
const tests = (folders: string[]): string[] =>
  folders.map((folder) => (folder.endsWith('.ts') ? folder : `${folder}/*.test.ts`));

const common = {
  // Builds once: workers, forks, pages and the command are tested as built.
  globalSetup: ['tests/support/build.ts'],
  setupFiles: ['tests/support/electron/no-window.ts', 'tests/support/cost.ts'],
  // What is waited for comes when it comes: a crowded machine is not a fault.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 20_000 } },
};

/** Where the desktop is launched, on Electron or its stand-in, which takes long beside much else. */
const withDesktop = {
  ...common,
  globalSetup: [...common.globalSetup, 'tests/e2e/support/announce.ts'],
  testTimeout: 240_000,
};

// `groupOrder`: quick and real tests share the machine; the fault table and the end-to-end tests, which start most, come after them.
export default defineConfig({
  plugins: [vue()],
  test: {
    // What was translated is kept for the next project and the next run, by its content.
    experimental: { fsModuleCache: true },
    projects: [
      // They keep nothing between tests: files share what was loaded.
      {
        extends: true,
        test: {
          ...common,
          name: 'parts',
          sequence: { groupOrder: 0 },
          include: ['tests/**/*.test.ts'],
          exclude: tests([...real, ...faults, ...e2e]),
          maxWorkers: 5,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'real',
          sequence: { groupOrder: 0 },
          include: tests(real),
          maxWorkers: 5,
        },
      },
      {
        extends: true,
        test: {
          ...withDesktop,
          name: 'faults',
          sequence: { groupOrder: 1 },
          include: tests(faults),
          maxWorkers: 5,
        },
      },
      {
        extends: true,
        test: {
          ...withDesktop,
          name: 'e2e',
          sequence: { groupOrder: 2 },
          include: tests(e2e),
          maxWorkers: 3,
        },
      },
    ],
  },
});
