import { basename, dirname, extname } from 'node:path';
import type { CompilerOptions, DiagnosticWithLocation, JsxEmit, TranspileOutput } from 'typescript';
import { SourceFaultError } from '../typescript';
import { typescript } from './compiler';
import { factsOf, type FileFacts } from './names';
import { packageType, type ModuleFormat } from './package-type';
import { projectOf } from './project';
import { withTypesMarked } from './type-only';

export interface Compiled {
  format: ModuleFormat;
  code: string;
}

/**
 * JavaScript of one file as TypeScript makes it with the `tsconfig.json` above, for Node to run: an ES module where the file
 * imports or exports as one, also under `"type": "commonjs"`. Errors name their place in the file. Throws `SourceFaultError`.
 */
export function compile(file: string, source: string): Compiled {
  const ts = typescript();
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true);
  const facts = factsOf(parsed);
  const format = formatOf(file, facts);
  const made = ts.transpileModule(withTypesMarked(parsed), {
    fileName: nameFor(file, format),
    reportDiagnostics: true,
    compilerOptions: optionsFor(file, facts, format),
  });
  refuseFaults(made, file);
  return { format, code: joined(made, file, format === 'module' ? provided(facts) : '') };
}

/** What TypeScript says of a file that cannot be read; null of one that can. */
export function compilerFault(file: string, source: string): SourceFaultError | null {
  try {
    compile(file, source);
    return null;
  } catch (error) {
    if (error instanceof SourceFaultError) return error;
    throw error;
  }
}

function formatOf(file: string, { isModule, exportsCommonJs }: FileFacts): ModuleFormat {
  if (/\.mts$/.test(file)) return 'module';
  if (/\.cts$/.test(file) || exportsCommonJs) return 'commonjs';
  return isModule ? 'module' : (packageType(dirname(file)) ?? 'commonjs');
}

/** The name tells the compiler the language, and of CommonJS that `import()` stays what it is. */
function nameFor(file: string, format: ModuleFormat): string {
  const ending = extname(file);
  return `module${ending.endsWith('x') || ending === '.js' ? ending : format === 'commonjs' ? '.cts' : '.ts'}`;
}

function optionsFor(file: string, facts: FileFacts, format: ModuleFormat): CompilerOptions {
  const ts = typescript();
  const { options } = projectOf(dirname(file));
  const { ES2022 } = ts.ScriptTarget;
  return {
    target: ES2022,
    module: format === 'module' ? ts.ModuleKind.Preserve : ts.ModuleKind.NodeNext,
    esModuleInterop: true,
    allowJs: true,
    sourceMap: true,
    experimentalDecorators: options.experimentalDecorators,
    emitDecoratorMetadata: options.emitDecoratorMetadata,
    useDefineForClassFields: options.useDefineForClassFields ?? (options.target ?? ES2022) >= ES2022,
    verbatimModuleSyntax: format === 'module' ? options.verbatimModuleSyntax : undefined,
    jsx: jsxOf(options, facts),
    jsxFactory: options.jsxFactory,
    jsxFragmentFactory: options.jsxFragmentFactory,
    jsxImportSource: options.jsxImportSource,
  };
}

/** Of a project that leaves JSX to others: calls of `React` where the file has it, else of what its package brings. */
function jsxOf({ jsx, jsxFactory }: CompilerOptions, { declared }: FileFacts): JsxEmit {
  const { JsxEmit } = typescript();
  if (jsx !== undefined && jsx !== JsxEmit.Preserve && jsx !== JsxEmit.ReactNative) return jsx;
  return jsxFactory !== undefined || declared.has('React') ? JsxEmit.React : JsxEmit.ReactJSX;
}

function refuseFaults({ diagnostics = [] }: TranspileOutput, file: string): void {
  const ts = typescript();
  const located = diagnostics.find(
    (one): one is DiagnosticWithLocation => one.file !== undefined && one.start !== undefined,
  );
  if (located === undefined) return;
  const { line, character } = ts.getLineAndCharacterOfPosition(located.file, located.start);
  const message = ts.flattenDiagnosticMessageText(located.messageText, ' ').replace(/[.\s]+$/, '');
  throw new SourceFaultError({ place: { file, line: line + 1, column: character + 1 }, message });
}

/** What CommonJS gives a file and an ES module does not have, where the file uses it and does not declare it itself. */
function provided({ free }: FileFacts): string {
  const needs = (name: string): boolean => free.has(name);
  const paths = ['filename', 'dirname']
    .filter((name) => needs(`__${name}`))
    .map((name) => `const __${name} = import.meta.${name};`);
  const require = needs('require')
    ? [
        'import { createRequire as __coreloomRequire } from "node:module"; const require = __coreloomRequire(import.meta.url);',
      ]
    : [];
  return [...require, ...paths].join(' ');
}

/** The code with what is provided in a line before it, and its map, which Node reads to name places in the source. */
function joined({ outputText, sourceMapText = '{}' }: TranspileOutput, file: string, before: string): string {
  const code = outputText.replace(/^#!/, '//').replace(/^\/\/# sourceMappingURL=.*$/m, '');
  const { mappings = '', ...map } = JSON.parse(sourceMapText) as { mappings?: string };
  const moved = { ...map, file: basename(file), sources: [basename(file)], mappings: `;${mappings}` };
  return `${before}\n${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(moved)).toString('base64')}`;
}
