import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/paths';

const eslint = new ESLint({ cwd: ROOT });
/** Whether a rule of the lint lets a file hold this. */
async function passes(rule: string, filePath: string, code: string): Promise<boolean> {
  const [{ messages } = { messages: [] }] = await eslint.lintText(code, { filePath });
  return !messages.some(({ ruleId }) => ruleId === rule);
}

/** Whether the lint lets a file import this. */
const mayImport = (filePath: string, imported: string): Promise<boolean> =>
  passes('no-restricted-imports', filePath, `import { one } from '${imported}';\nexport const two = one;\n`);

const renderer = (path: string): string => `src/renderer/src/${path}`;
const CONTRACT = '../../../contract';

describe('the walls of the renderer', () => {
  test.each([
    ['compare/probe.ts', '../scale/store'],
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

const kinds = (path: string): string => `src/engine/kinds/${path}`;

describe('the walls of the kinds', () => {
  test.each([
    [kinds('compare/probe.ts'), '../scale/track'],
    [kinds('compare/report/probe.ts'), '../../live/report/tables'],
    [kinds('scorecard/probe.ts'), '../compare/plan'],
    [kinds('lab/probe.ts'), '../index'],
    [kinds('shared/probe.ts'), '../live/meter'],
    [kinds('shared/probe.ts'), '../../../cli/terminal'],
    ['src/engine/report/probe.ts', '../kinds/kind-of'],
    ['src/engine/statistics/probe.ts', '../kinds/shared/counts'],
  ])('%s does not import %s', async (file, imported) => {
    expect(await mayImport(file, imported)).toBe(false);
  });

  test.each([
    [kinds('compare/probe.ts'), '../shared/staffing'],
    [kinds('compare/report/probe.ts'), '../../../report/words'],
    [kinds('index.ts'), './compare'],
    ['src/engine/reports.ts', './kinds/kind-of'],
  ])('%s may import %s', async (file, imported) => {
    expect(await mayImport(file, imported)).toBe(true);
  });
});

describe('the doors of the engine', () => {
  test.each([
    ['src/main/probe.ts', '../engine/store'],
    ['src/web-host/probe.ts', '../engine/system/clock'],
    ['src/cli/probe.ts', '../engine/statistics/difference'],
    ['src/cli/commands/probe.ts', '../../engine/reports/unlike'],
    ['src/cli/doors.ts', '../engine/open'],
    // By value: it would be loaded for the help too.
    ['src/cli/commands/probe.ts', '../../engine'],
    ['src/cli/probe.ts', '../engine/reports'],
    ['src/cli/probe.ts', '../web-host'],
  ])('are the only way from %s, not %s', async (file, imported) => {
    expect(await mayImport(file, imported)).toBe(false);
  });

  test.each([
    ['src/main/probe.ts', '../engine'],
    ['src/main/probe.ts', '../engine/reports'],
    ['src/web-host/probe.ts', '../engine'],
    ['src/cli/doors.ts', '../engine'],
  ])('are open for %s: %s', async (file, imported) => {
    expect(await mayImport(file, imported)).toBe(true);
  });

  const later = (imported: string): string => `export const load = () => import('${imported}');\n`;
  const typed = "import type { Engine } from '../engine';\nexport type One = Engine;\n";

  test('hold for what is loaded later, and are open for types', async () => {
    expect(await passes('no-restricted-syntax', 'src/cli/probe.ts', later('../engine/open'))).toBe(false);
    expect(await passes('no-restricted-syntax', 'src/cli/probe.ts', later('../engine/reports'))).toBe(true);
    expect(await passes('no-restricted-syntax', 'src/cli/probe.ts', later('../engine'))).toBe(true);
    expect(await passes('no-restricted-imports', 'src/cli/probe.ts', typed)).toBe(true);
  });
});

describe('schemas', () => {
  const RULE = '@typescript-eslint/no-restricted-imports';
  const SCHEMAS = `${CONTRACT}/schemas`;
  const VALUE = (from: string): string => `import { one } from '${from}';\nexport const two = one;\n`;
  const TYPE = (from: string): string => `import type { One } from '${from}';\nexport type Two = One;\n`;

  test.each([
    [renderer('ui/probe.ts'), VALUE(SCHEMAS)],
    [renderer('ui/probe.ts'), VALUE(`${SCHEMAS}/lab`)],
    [renderer('ui/probe.ts'), VALUE('zod')],
    ['src/preload/probe.ts', VALUE('../contract/schemas')],
    ['src/contract/probe.ts', VALUE('./schemas')],
    ['src/contract/index.ts', "export * from './schemas';\n"],
    ['src/contract/index.ts', "export { labReportSchema } from './schemas/lab';\n"],
  ])('%s takes no value of them: %s', async (file, code) => {
    expect(await passes(RULE, file, code)).toBe(false);
  });

  test.each([
    [renderer('ui/probe.ts'), TYPE(SCHEMAS)],
    ['src/contract/probe.ts', TYPE('./schemas')],
    ['src/contract/index.ts', "export type * from './schemas';\n"],
    ['src/engine/probe.ts', VALUE('../contract/schemas')],
    ['src/contract/schemas/probe.ts', VALUE('zod')],
  ])('%s may hold this: %s', async (file, code) => {
    expect(await passes(RULE, file, code)).toBe(true);
    expect(await passes('no-restricted-imports', file, code)).toBe(true);
  });

  test.each(['node:fs', '../../engine', '../../renderer/src/ui/theme', 'vue'])('import no %s', async (imported) => {
    expect(await mayImport('src/contract/schemas/probe.ts', imported)).toBe(false);
  });
});

describe('a switch over a kind', () => {
  const code = `export function words(report: { kind: string }): string {
  switch (report.kind) {
    case 'scale':
      return 'scaling';
    default:
      return '';
  }
}
`;

  test.each(['src/cli/probe.ts', 'src/engine/report/probe.ts', 'src/engine/probe.ts', 'src/renderer/src/ui/probe.ts'])(
    'stands in no file such as %s',
    async (file) => {
      expect(await passes('no-restricted-syntax', file, code)).toBe(false);
    },
  );

  test('may stand in a kind', async () => {
    expect(await passes('no-restricted-syntax', kinds('lab/probe.ts'), code)).toBe(true);
  });

  test.each(['src/cli/probe.ts', kinds('lab/probe.ts')])('is no reason for %s to fork by itself', async (file) => {
    const fork = "import { fork } from 'node:child_process';\nexport const start = fork;\n";
    expect(await passes('no-restricted-syntax', file, fork)).toBe(false);
  });
});
