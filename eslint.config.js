import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const NODE_BUILTINS = { group: ['node:*'], message: 'This folder does not touch the system.' };

/** The walls of the house: which folder may import what (docs/architecture.md). */
function walls(files, ...patterns) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}
const not = (folders, message) => ({ regex: `(^|/)(${folders.join('|')})(/|$)`, message });

const HOSTS = ['main', 'preload', 'renderer', 'cli', 'web-host'];
const NO_ELECTRON = { group: ['electron', 'vue', 'pinia'], message: 'The engine knows no Electron and no Vue.' };
/** Hosts see the engine through its two doors. */
const DOORS = {
  regex: '(^|/)engine/(?!reports$)',
  message: 'A host imports engine or engine/reports alone: what it needs of what is behind is exported there.',
};
const ENGINE_ALONE = [not(HOSTS, 'The engine knows no host.'), NO_ELECTRON];

const CLI_WALLS = [
  not(['main', 'preload', 'renderer'], 'The command knows no desktop.'),
  { group: ['electron'], message: 'The command runs on plain Node.' },
  DOORS,
];

const forbids = (files, ...syntax) => ({ files, rules: { 'no-restricted-syntax': ['error', ...syntax] } });

const NO_FORK = {
  selector: 'ImportDeclaration[source.value=/child_process$/] > ImportSpecifier[imported.name="fork"]',
  message: 'Fork with forkNode (engine/fork-node.ts): it lets Electron run the file as Node.',
};

const NO_OTHER_DOOR = {
  selector: `ImportExpression > Literal[value=/\\/engine\\/(?!reports$)/]`,
  message: DOORS.message,
};

const KINDS = ['answer', 'live', 'compare', 'scale', 'lab', 'scorecard'];
const NO_SWITCH_OVER_KINDS = {
  selector: `SwitchCase > Literal[value=/^(${KINDS.join('|')})$/]`,
  message: 'A kind answers for itself (engine/kinds/kind.ts): ask kindOf, and no further kind is forgotten here.',
};
const beside = (name) => `\\.\\./${name}`;
const kind = (name) =>
  walls(
    [`src/engine/kinds/${name}/**/*.ts`],
    ...ENGINE_ALONE,
    not(
      ['\\.\\./index', ...KINDS.filter((other) => other !== name).map(beside)],
      'A kind never imports another, nor their list; what two of them need stands in kinds/shared.',
    ),
  );

const RENDERER_WALLS = [
  not(['engine', 'main', 'preload', 'cli', 'web-host'], 'The renderer imports the contract and Vue libraries.'),
  NODE_BUILTINS,
  { group: ['electron'], message: 'The renderer knows no Electron.' },
];
/** The renderer's shared folders: each may import those before it and a view all of them; shell may import views too. */
const SHARED = ['theme', 'client', 'charts', 'stores', 'ui', 'workload'];
const RENDERER = join(import.meta.dirname, 'src/renderer/src');
/** Every other folder there is a view's. */
const VIEWS = readdirSync(RENDERER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && ![...SHARED, 'shell'].includes(entry.name))
  .map((entry) => entry.name);
const room = (folder, others) =>
  walls([`src/renderer/src/${folder}/**/*.{ts,vue}`], ...RENDERER_WALLS, {
    regex: `^(\\.\\./)+(${others.join('|')})(/|$)`,
    message: 'A view imports no other view; what two share is in ui/, charts/ or stores/, which import no view.',
  });

/** zod and the schemas made with it are the engine's: the page and the preload script load neither. */
const TYPES_OF_SCHEMAS = {
  files: ['src/{contract,preload,renderer,main,cli}/**/*.{ts,vue}'],
  ignores: ['src/contract/schemas/**'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: '^zod(/|$)|(^|/)schemas(/|$)',
            allowTypeImports: true,
            message: 'Import the types of schemas alone: the schemas themselves bring zod into the bundle.',
          },
        ],
      },
    ],
  },
};

const ENGINE_PARTS = ['pool', 'python', 'metrics', 'statistics', 'report', 'store', 'workload'];
const enginePart = (part) =>
  walls(
    [`src/engine/${part}/**/*.ts`],
    not(
      [...HOSTS, 'kinds', 'reports', ...ENGINE_PARTS.filter((p) => p !== part).map((p) => `\\.\\./${p}`)],
      'Parts of the engine never import one another, a kind or a host; kinds/ and engine.ts compose them.',
    ),
    NO_ELECTRON,
  );

export default tseslint.config(
  { ignores: ['out/**', 'node_modules/**', 'coverage/**', 'design/**'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  // Rules without files of their own would be asked of every file.
  ...vue.configs['flat/recommended'].map((config) => ({ files: ['src/renderer/**/*.{ts,vue}'], ...config })),
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser }, globals: globals.browser } },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400 }],
      eqeqeq: 'error',
      'no-console': 'error',
      'vue/multi-word-component-names': 'off',
    },
  },
  {
    files: ['scripts/**', 'bin/**', 'bench/**', 'tests/**'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  { files: ['tests/**', 'bench/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  walls(
    ['src/contract/**/*.ts'],
    NODE_BUILTINS,
    { regex: '^[^.]', message: 'The contract imports nothing.' },
    { group: ['../*'], message: 'The contract imports nothing.' },
  ),
  walls(
    ['src/contract/schemas/**/*.ts'],
    { regex: '^(?!\\.{1,2}/|zod$)', message: 'A schema imports zod and the contract alone.' },
    { group: ['../../*'], message: 'A schema imports zod and the contract alone.' },
  ),
  {
    files: ['src/contract/schemas/**/*.ts'],
    // An interface keeps its name in messages and hints, where what is inferred would be spelled out.
    rules: { '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }] },
  },
  TYPES_OF_SCHEMAS,
  walls(['src/engine/*.ts', 'src/engine/kinds/*.ts', 'src/engine/reports/**/*.ts'], ...ENGINE_ALONE),
  walls(
    ['src/engine/system/**/*.ts'],
    {
      regex: '^\\.\\./(?!\\.\\./contract(?:/|$))',
      message: 'What is asked of the system knows no part of the engine.',
    },
    ...ENGINE_ALONE,
  ),
  walls(
    ['src/engine/kinds/shared/**/*.ts'],
    ...ENGINE_ALONE,
    not(KINDS.map(beside), 'What kinds stand on knows none of them.'),
  ),
  ...KINDS.map(kind),
  ...ENGINE_PARTS.map(enginePart),
  walls(
    ['src/engine/custom/**/*.ts'],
    not(
      [
        ...HOSTS,
        'kinds',
        'reports',
        ...ENGINE_PARTS.filter((part) => part !== 'workload').map((part) => `\\.\\./${part}`),
      ],
      "The user's own code knows of workloads, but of no other part of the engine; engine.ts and assemble.ts compose them.",
    ),
    NO_ELECTRON,
  ),
  walls(['src/main/**/*.ts'], not(['renderer', 'preload', 'cli', 'web-host'], 'Hosts never import each other.'), DOORS),
  walls(
    ['src/preload/**/*.ts'],
    not(['engine', 'main', 'renderer', 'cli', 'web-host'], 'The preload imports the contract and electron.'),
    NODE_BUILTINS,
  ),
  walls(['src/renderer/**/*.{ts,vue}'], ...RENDERER_WALLS),
  ...SHARED.map((folder, place) => room(folder, [...SHARED.slice(place + 1), 'shell', ...VIEWS])),
  ...VIEWS.map((view) => room(view, ['shell', ...VIEWS.filter((other) => other !== view)])),
  walls(['src/cli/**/*.ts'], ...CLI_WALLS, {
    regex: '/(engine|engine/reports|web-host)$',
    allowTypeImports: true,
    message: 'What the help and the version do not need is loaded by doors.ts, when a command runs.',
  }),
  walls(['src/cli/doors.ts'], ...CLI_WALLS),
  walls(
    ['src/web-host/**/*.ts'],
    not(['main', 'preload', 'renderer', 'cli'], 'Hosts never import each other.'),
    { group: ['electron'], message: 'The web host runs on plain Node.' },
    DOORS,
  ),
  // Each syntax rule replaces those before it: all that hold in a folder stand together.
  forbids(['src/**/*.{ts,vue}'], NO_FORK, NO_SWITCH_OVER_KINDS),
  forbids(['src/{main,cli,web-host}/**/*.ts'], NO_FORK, NO_SWITCH_OVER_KINDS, NO_OTHER_DOOR),
  forbids(['src/engine/kinds/**/*.ts'], NO_FORK),
  forbids(['src/engine/fork-node.ts'], NO_SWITCH_OVER_KINDS),
  // Last: how it looks is Prettier's alone.
  prettier,
);
