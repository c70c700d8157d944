import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { COMMANDS } from '../src/cli/commands';
import { workloads } from '../src/engine/workload/registry';
import { ROOT } from './support/paths';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const DOCUMENTS = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...['docs', 'docs/adr'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];
const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

test('the README names every workload with its kind', () => {
  const row = { cpu: '| CPU |', io: '| I/O |', mixed: '| mixed |', custom: '| custom |' };
  for (const { info } of workloads) {
    expect(
      read('README.md')
        .split('\n')
        .filter((line) => line.includes(`\`${info.name}\``) && line.endsWith(row[info.kind])),
    ).toHaveLength(1);
  }
});

test('the README names every command', () => {
  for (const { name } of COMMANDS) expect(read('README.md')).toMatch(new RegExp(`^\\| \`coreloom ${name}\\b`, 'm'));
});

const WORKFLOWS = ['docs/ci-example.yml', '.github/workflows/release.yml'];

test.each(WORKFLOWS)('%s may read the repository alone, and names each action by its commit', (file) => {
  const workflow = read(file);
  expect(matches(workflow, /^permissions:\n((?: {2}.*\n)+)/gm)).toEqual(['  contents: read\n']);
  expect(workflow).not.toMatch(/^ +permissions:/m);
  const actions = matches(workflow, /uses: (.*)/g);
  expect(actions).not.toHaveLength(0);
  for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  // What an expression gives is pasted into a script as it is.
  for (const script of matches(workflow, /run: \|\n((?: {10}.*\n)+)/g)) expect(script).not.toContain('${{');
});

test('the release workflow checks the desktop on three systems, with scripts that are there', () => {
  const workflow = read('.github/workflows/release.yml');
  expect(workflow).toContain('os: [ubuntu-latest, macos-latest, windows-latest]');
  expect(workflow).not.toContain('--no-sandbox');
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect(matches(workflow, /npm run ([\w:-]+)/g).filter((name) => !(name in scripts))).toEqual([]);
});

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document);

  it('links to files that are there', () => {
    const links = matches(text, /\]\(([^)#]+)[^)]*\)/g).filter((link) => !link.includes(':'));
    expect(links.filter((link) => !existsSync(resolve(ROOT, dirname(document), link)))).toEqual([]);
  });

  it('names scripts, files and folders that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(matches(text, /npm run ([\w:-]+)/g).filter((name) => !(name in scripts))).toEqual([]);
    const paths = matches(text, /`((?:src|tests|bench|scripts|docs|resources|bin)\/[^`\s*]+)`/g);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('gives commands and options that there are', () => {
    for (const [, name = '', rest = ''] of text.matchAll(/coreloom ([a-z]+)([^\n`|]*)/g)) {
      const command = COMMANDS.find((one) => one.name === name);
      if (command === undefined) continue;
      expect(matches(rest, / --([a-z][a-z-]+)/g).filter((option) => !(option in command.options))).toEqual([]);
    }
  });
});
