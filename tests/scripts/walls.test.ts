import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/paths';

const eslint = new ESLint({ cwd: ROOT });
/** Whether the lint lets a file import this. */
async function mayImport(filePath: string, imported: string): Promise<boolean> {
  const code = `import { one } from '${imported}';\nexport const two = one;\n`;
  const [{ messages } = { messages: [] }] = await eslint.lintText(code, { filePath });
  return !messages.some(({ ruleId }) => ruleId === 'no-restricted-imports');
}

const renderer = (path: string): string => `src/renderer/src/${path}`;
const CONTRACT = '../../../contract';

describe('the walls of the renderer', () => {
  test.each([
    ['compare/probe.ts', '../scale/scale-series'],
    ['live/probe.ts', '../shell/keys'],
    ['ui/probe.ts', '../live/start-run'],
    ['ui/probe.ts', '../workload/WorkloadPicker.vue'],
    ['charts/probe.ts', '../stores/run'],
    ['charts/probe.ts', '../history/words'],
    ['stores/probe.ts', '../ui/view-actions'],
    ['stores/deeper/probe.ts', '../../compare/store'],
    // What no part of the renderer may, none of its folders may either.
    ['compare/probe.ts', '../../../engine/index'],
    ['ui/probe.ts', 'electron'],
    ['shell/probe.ts', 'node:fs'],
  ])('%s does not import %s', async (file, imported) => {
    expect(await mayImport(renderer(file), imported)).toBe(false);
  });

  test.each([
    ['compare/probe.ts', './store'],
    ['compare/probe.ts', '../ui/PanelCard.vue'],
    ['live/probe.ts', '../workload/WorkloadPicker.vue'],
    ['workload/probe.ts', '../ui/NumberEntry.vue'],
    ['stores/probe.ts', '../charts/engine-clock'],
    ['shell/probe.ts', '../live/LiveView.vue'],
    ['charts/probe.ts', CONTRACT],
  ])('%s may import %s', async (file, imported) => {
    expect(await mayImport(renderer(file), imported)).toBe(true);
  });
});
