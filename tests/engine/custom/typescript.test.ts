import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resultChecksum } from '../../../src/engine/custom/checksum';
import { folder, run, saidOf, shared, written } from './support/runs';

/** Writes files into a folder of their own, and answers the path of the first. */
function project(files: Record<string, string>): string {
  const where = folder();
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(dirname(join(where, name)), { recursive: true });
    written(source, name, where);
  }
  return join(where, Object.keys(files)[0] ?? '');
}

const HELP = 'export interface Opts { index: number }\nexport const help = (n: number): number => n * 2;\n';
const COMMONJS = '{ "type": "commonjs" }';
const config = (options: object): string => JSON.stringify({ compilerOptions: options });

describe('a module in TypeScript as people write it runs, and is the same on threads and processes', () => {
  it.each<[string, Record<string, string>, unknown]>([
    [
      'imports without an ending, or with that of what it is compiled to',
      {
        'task.ts':
          'import { help } from "./help";\nimport { help as same } from "./help.js";\nimport { x } from "./lib";\nexport const task = () => [help(1), help === same, x];',
        'help.ts': HELP,
        'lib/index.ts': 'export const x = 3;',
      },
      [2, true, 3],
    ],
    [
      'enums, namespaces and parameter properties',
      {
        'task.ts':
          'enum Level { Low = 1, High = Low << 3 }\nnamespace Geo { export const k = 2; }\nclass Box { constructor(private readonly w: number) {} get v() { return this.w * Geo.k; } }\nexport const task = () => new Box(Level.High).v;',
      },
      16,
    ],
    [
      'decorators of the standard',
      {
        'task.ts':
          'function named(f: (x: number) => number, context: ClassMethodDecoratorContext) { return function (this: unknown, x: number) { return [String(context.name), f.call(this, x)]; } as never; }\nclass A { @named run(x: number) { return x + 1; } accessor q = 4; }\nexport const task = () => [new A().run(1), new A().q];',
      },
      [['run', 2], 4],
    ],
    [
      'decorators as they were before, with metadata',
      {
        'task.ts':
          'const types: unknown[] = [];\nconst injected: number[] = [];\n(Reflect as any).metadata = (_: string, value: unknown) => () => { types.push(...[value].flat().map((one: any) => one.name)); };\nfunction Injectable() { return (target: Function) => target as never; }\nconst Inject = () => (_: unknown, __: unknown, at: number) => { injected.push(at); };\nclass Engine { power = 3; }\n@Injectable() class Car { constructor(private readonly engine: Engine, @Inject() public name: string) {} }\nexport const task = () => [types, injected, new Car(new Engine(), "x").name];',
        'tsconfig.json': config({ experimentalDecorators: true, emitDecoratorMetadata: true }),
      },
      [['Engine', 'String'], [1], 'x'],
    ],
    [
      'paths and baseUrl of the tsconfig above, which extends another',
      {
        'src/app/task.ts':
          'import { help } from "@lib/help";\nimport { k } from "shared/k";\nexport const task = () => help(k);',
        'src/lib/help.ts': HELP,
        'src/shared/k.ts': 'export const k = 5;',
        'tsconfig.json': '{ // a comment\n "extends": "./base.json" }',
        'base.json': config({ baseUrl: 'src', paths: { '@lib/*': ['lib/*'] } }),
      },
      10,
    ],
    [
      'a tsconfig that only lists others',
      {
        'src/task.ts': 'import { help } from "~/help";\nexport const task = () => help(4);',
        'src/help.ts': HELP,
        'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
        'tsconfig.app.json': config({ paths: { '~/*': ['./src/*'] } }),
      },
      8,
    ],
    [
      'JSON without saying so, as a whole and by name',
      {
        'task.ts': 'import data, { list } from "./data.json";\nexport const task = () => [data.list[1], list.length];',
        'data.json': '{ "list": [1, 2, 3], "default": 1 }',
      },
      [2, 3],
    ],
    [
      'types imported and exported again as if they were values',
      {
        'task.ts':
          'import { Opts, help, Same } from "./all";\nexport { Opts } from "./help";\nexport const task = (input: Opts): Same => help(7);',
        'all.ts':
          'import { Opts } from "./help";\nexport { Opts };\nexport * from "./help";\nexport { type Same } from "./help2";',
        'help.ts': HELP,
        'help2.ts': 'export type Same = number;',
      },
      14,
    ],
    [
      'JSX',
      {
        'task.tsx':
          'const React = { createElement: (type: any, props: any, ...children: any[]): any => typeof type === "function" ? type(props) : { type, children } };\nconst Name = ({ name }: { name: string }) => <b>{name}</b>;\nexport const task = () => <p><Name name="a" /></p>;',
      },
      { type: 'p', children: [{ type: 'b', children: ['a'] }] },
    ],
    [
      'import and export of CommonJS',
      {
        'task.ts':
          'import path = require("node:path");\nimport { help } from "./help";\nconst { twice } = require("./old");\nexport = { task: () => [path.basename(__filename), help(1), twice(2)] };',
        'help.ts': HELP,
        'old.ts': 'const { help } = require("./help");\nmodule.exports = { twice: (n: number) => help(n) * 2 };',
        'package.json': COMMONJS,
      },
      ['task.ts', 2, 8],
    ],
    [
      'names of CommonJS in an ES module',
      {
        'task.ts':
          'import { basename } from "path";\nconst fs = require("fs");\nexport const task = () => [basename(__filename), typeof fs.readFileSync, basename(__dirname) === basename(import.meta.dirname)];',
        'package.json': COMMONJS,
      },
      ['task.ts', 'function', true],
    ],
    [
      'ES modules in a package of CommonJS, also in JavaScript',
      {
        'task.js': 'import { half } from "./half.js";\nexport const task = () => half(4);',
        'half.js': 'export const half = (n) => n / 2;',
        'package.json': COMMONJS,
      },
      2,
    ],
    [
      'one instance of what is imported twice, in circles and at once',
      {
        'task.ts':
          'import { count, up } from "./count";\nimport { b } from "./circle";\nimport "./other";\nup();\nconst [x, y] = await Promise.all([import("./slow").then((m) => m.v), import("./slow.js").then((m) => m.v)]);\nexport const a = (n: number): number => n <= 0 ? 0 : b(n - 1) + 1;\nexport const task = () => [count, a(4), x, y];',
        'count.ts': 'export let count = 0;\nexport const up = () => { count++; };',
        'other.mjs': '',
        'other.ts': 'import { up } from "./count.js";\nup();',
        'circle.ts': 'import { a } from "./task";\nexport const b = (n: number): number => n <= 0 ? 0 : a(n - 1) + 1;',
        'slow.ts': 'await new Promise((done) => setImmediate(done));\nexport const v = 5;',
      },
      [2, 4, 5, 5],
    ],
    [
      'packages, of ES modules alone and of CommonJS, and what only require finds in them',
      {
        'task.ts':
          'import { e } from "esm";\nimport old from "old";\nimport part from "old/lib/part";\nenum A { X = 1 }\nexport const task = () => [e, old(), part, A.X];',
        'node_modules/esm/package.json': '{ "type": "module", "exports": { "import": "./i.js" } }',
        'node_modules/esm/i.js': 'await null;\nexport const e = 5;',
        'node_modules/old/package.json': '{ "main": "i.js" }',
        'node_modules/old/i.js': 'module.exports = () => 7;',
        'node_modules/old/lib/part.js': 'module.exports = 3;',
      },
      [5, 7, 3, 1],
    ],
    [
      'what is imported only as a task runs',
      {
        'task.ts': 'export const task = async () => (await import("./later")).v;',
        'later.ts': 'enum Level { High = 7 }\nexport const v = Level.High;',
      },
      7,
    ],
    [
      'using',
      {
        'task.ts':
          'const left: number[] = [];\nclass Held { [Symbol.dispose]() { left.push(1); } }\nexport const task = () => { { using _held = new Held(); } return left.length > 0; };',
      },
      true,
    ],
    [
      'fields as the tsconfig wants them, of a file that is translated',
      {
        'task.ts':
          'enum Level { High = 7 }\nclass Base { kind = "base"; constructor() { this.set(); } set() {} }\nclass Own extends Base { declare kind: string; x?: number; set() { this.x = 3; } }\nexport const task = () => [Level.High, new Own().kind, new Own().x ?? null];',
        'tsconfig.json': config({ useDefineForClassFields: false }),
      },
      [7, 'base', 3],
    ],
  ])('%s', async (_, files, value) => {
    const report = await run(shared(), project(files), { tasks: 2, workers: { threads: 1, processes: 1 } });
    expect(saidOf(report)).toEqual([]);
    expect(report).toMatchObject({ outcome: 'completed', warnings: [], totals: { counts: { done: 2, failed: 0 } } });
    expect(new Set(report.checksums.map(({ checksum }) => checksum))).toEqual(new Set([resultChecksum(value)]));
  });

  it('makes its inputs with a generator, and names the places of its task and of errors as they were written', async () => {
    const path = project({
      'task.ts':
        'interface Row {\n  at: number;\n}\nenum Level {\n  Low,\n}\nexport async function* inputs(): AsyncGenerator<Row> {\n  yield { at: Level.Low };\n  yield { at: 1 };\n}\nexport function task(row: Row): number {\n  type Never = never;\n  if (row.at > 0) throw new RangeError("too far");\n  return row.at;\n}\n',
    });
    expect(await shared().call('inspectModule', { module: path })).toMatchObject({
      taskPlace: 'task.ts:11',
      inputs: 2,
      exports: ['task', 'inputs'],
    });
    const report = await run(shared(), path, { tasks: 4, workers: { threads: 1, processes: 1 } });
    expect(report.totals.counts).toMatchObject({ done: 2, failed: 2 });
    expect(saidOf(report)).toEqual(['The task threw RangeError: too far (at task.ts:13:25).']);
  });
});

describe('what is wrong in what a module imports is named by its own file and line', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'a syntax error',
      {
        'task.mjs': 'import "./help.mjs";\nexport const task = () => 1;',
        'help.mjs': 'const z = 1;\n\nexport const q = {;\n',
      },
      'help.mjs:3:19: SyntaxError: ',
    ],
    [
      'a syntax error in TypeScript',
      {
        'task.ts': 'import { help } from "./help";\nexport const task = help;',
        'help.ts': 'export const a: number = 1;\n\nexport function help(: number) {}\n',
      },
      'help.ts:3:22: SyntaxError: ',
    ],
    [
      'a name declared twice',
      {
        'task.ts': 'import "./help";\nexport const task = () => 1;',
        'help.ts': 'enum A { X }\nlet a = 1;\nlet a = 2;\n',
      },
      "help.ts:2:5: SyntaxError: Identifier 'a' has already been declared; correct the syntax.",
    ],
    [
      'a word that may not stand there',
      { 'task.mjs': 'export const task = () => 1;\nfunction f() {\n  await 1;\n}\n' },
      'task.mjs:3:3: SyntaxError: ',
    ],
    [
      'a name that is not exported',
      {
        'task.ts': 'enum A { X }\nimport {\n  helpp,\n} from "./help";\nexport const task = () => helpp(A.X);',
        'help.ts': HELP,
      },
      "task.ts:3:3: SyntaxError: The requested module './help' does not provide an export named 'helpp'; export it there, or correct the name.",
    ],
    [
      'a file that is not there',
      { 'task.mjs': 'import "./help.mjs";\nexport const task = () => 1;', 'help.mjs': '\nimport "./none.mjs";\n' },
      'help.mjs:2:8: Error: Cannot find module ',
    ],
    [
      'a package that is not there',
      { 'task.ts': '\nimport { x } from "no-such-package/sub";\nexport const task = () => x;' },
      "task.ts:2:19: Error: Cannot find package 'no-such-package' ",
    ],
    [
      'a throw at its top level',
      {
        'task.ts': 'import "./help";\nexport const task = () => 1;',
        'help.ts': 'enum A { X }\n\nconst o: any = null;\nconsole.log(o.x);\n',
      },
      'help.ts:4:15: the module throws TypeError: ',
    ],
    [
      'what is not declared',
      { 'd.ts': 'export const a = 1;\nexport const b = 2;\n@dec class A {}\nexport const task = () => 1;\n' },
      'd.ts:3:2: the module throws ReferenceError: dec is not defined while it is loading',
    ],
    [
      'JSON that cannot be read',
      {
        'task.ts': 'import data from "./data.json";\nexport const task = () => data;',
        'data.json': '{\n  "a": 1,\n}\n',
      },
      'data.json:3:1: SyntaxError: ',
    ],
  ])('%s', async (_, files, said) => {
    const error: unknown = await shared()
      .call('inspectModule', { module: project(files) })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'module-broken', message: expect.stringContaining(said) });
    expect((error as Error).message).toMatch(/^[^\n]*\.$/);
  });

  it.each([
    [
      'of worker_threads',
      'task.mjs',
      'import { parentPort } from "node:worker_threads";\nparentPort.on("message", (m) => parentPort.postMessage(m * 2));\n',
      'task.mjs:2:12: the file is a worker',
    ],
    [
      'of the web',
      'task.mjs',
      '\nself.onmessage = (e) => { self.postMessage(e.data); };\n',
      'task.mjs:2:1: the file is a worker',
    ],
    [
      'of a process',
      'task.cjs',
      'process.on("message", (m) => process.send(m));\n',
      'task.cjs:1: the file is a worker',
    ],
  ])('a file that is a worker %s is told how to become a task', async (_, name, source, said) => {
    await expect(shared().call('inspectModule', { module: written(source, name) })).rejects.toMatchObject({
      code: 'module-broken',
      message: expect.stringContaining(said),
    });
  });
});
