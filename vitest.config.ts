import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Tests of real pools, samplers and commands use the machine they measure: one file at a time. */
const load = ['tests/engine/pool/**', 'tests/engine/python/**', 'tests/engine/metrics/**', 'tests/engine/custom/**', 'tests/engine/*.test.ts', 'tests/cli/**', 'tests/scripts/**', 'tests/web-host/**', 'tests/main/**'];
const e2e = ['tests/e2e/**'];
const tests = (folders: string[]): string[] => folders.map((folder) => (folder.endsWith('.ts') ? folder : `${folder}/*.test.ts`));

const common = {
  // Builds once: workers, forks, pages and the command are tested as built.
  globalSetup: ['tests/support/build.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  plugins: [vue()],
  test: {
    projects: [
      { extends: true, test: { ...common, name: 'parts', include: ['tests/**/*.test.ts'], exclude: tests([...load, ...e2e]), maxWorkers: 2 } },
      { extends: true, test: { ...common, name: 'load', include: tests(load), fileParallelism: false } },
      { extends: true, test: { ...common, name: 'e2e', include: tests(e2e), globalSetup: [...common.globalSetup, 'tests/e2e/support/announce.ts'], fileParallelism: false, testTimeout: 120_000 } },
    ],
  },
});
