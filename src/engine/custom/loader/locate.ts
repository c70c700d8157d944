import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Diagnostic, Node, SourceFile, StringLiteralLike } from 'typescript';
import type { Place } from '../place';
import { compilerFault } from './compile';
import { typescript } from './compiler';
import { findImport, isInstalled } from './find';

/** Something that a file of the user, or one that it imports, has wrong. */
export interface Located {
  place: Place;
  /** What the compiler says of it; null where Node's own words are as good. */
  message: string | null;
}

/** More files than this are not looked through. */
const MOST_FILES = 500;
const READABLE = /\.([cm]?[jt]s|[jt]sx)$/;

/**
 * Where an error that Node names no place of, or a wrong one, is: what cannot be read, a name that is not exported, a file
 * or package that is not there. Looks at the module and at what it imports of the user's own; null where it is none of these.
 */
export function locate(main: string, error: { name: string; message: string }): Located | null {
  const [, name] = /does not provide an export named '(.*?)'|Named export '(.*?)' not found/.exec(error.message) ?? [];
  const [, specifier = ''] = /requested module '(.*?)'/.exec(error.message) ?? [];
  if (name !== undefined) return placed(main, (file) => nameIn(file, specifier, name));
  const [, missing] = /^Cannot find (?:module|package) '(.*?)'/.exec(error.message) ?? [];
  if (missing !== undefined) return placed(main, (file) => missingIn(file, missing));
  if (error.name !== 'SyntaxError') return null;
  return placed(main, faultIn) ?? placed(main, ruleBrokenIn);
}

/** The first place that is found, in the module first and then in what it imports. */
function placed(main: string, find: (file: SourceFile) => Located | null): Located | null {
  const waiting = [main];
  const seen = new Set(waiting);
  for (let file = waiting.shift(); file !== undefined && seen.size < MOST_FILES; file = waiting.shift()) {
    const parsed = parse(file);
    if (parsed === null) continue;
    const found = find(parsed);
    if (found !== null) return found;
    for (const { text } of specifiersOf(parsed)) {
      const next = findImport(text, file);
      if (next === null || seen.has(next) || isInstalled(next) || !READABLE.test(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return null;
}

function parse(file: string): SourceFile | null {
  const ts = typescript();
  try {
    return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ESNext, true);
  } catch {
    return null;
  }
}

/** What a file imports, in its order, also by `import()` and `require` of a text. */
function specifiersOf(file: SourceFile): StringLiteralLike[] {
  const ts = typescript();
  const found: StringLiteralLike[] = [];
  const visit = (node: Node): void => {
    if (ts.isStringLiteralLike(node) && isSpecifier(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isSpecifier(node: StringLiteralLike): boolean {
  const ts = typescript();
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent))
    return true;
  if (!ts.isCallExpression(parent)) return false;
  return (
    parent.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(parent.expression) && parent.expression.text === 'require')
  );
}

function nameIn(file: SourceFile, specifier: string, name: string): Located | null {
  for (const at of specifiersOf(file)) {
    if (at.text !== specifier) continue;
    const named = descendants(at.parent).find((node) => isNameOf(node, name));
    const byDefault = name === 'default' ? at.parent : undefined;
    const node = named ?? byDefault;
    if (node !== undefined) return { place: placeOf(file, node.getStart()), message: null };
  }
  return null;
}

function isNameOf(node: Node, name: string): boolean {
  const ts = typescript();
  return (ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) && (node.propertyName ?? node.name).text === name;
}

function descendants(node: Node): Node[] {
  const found: Node[] = [];
  typescript().forEachChild(node, (child) => {
    found.push(child, ...descendants(child));
  });
  return found;
}

function missingIn(file: SourceFile, missing: string): Located | null {
  const at = specifiersOf(file).find(
    ({ text }) =>
      text === missing || text.startsWith(`${missing}/`) || resolve(dirname(file.fileName), text) === missing,
  );
  return at === undefined || findImport(at.text, file.fileName) !== null
    ? null
    : { place: placeOf(file, at.getStart()), message: null };
}

function faultIn(file: SourceFile): Located | null {
  return compilerFault(file.fileName, file.text)?.fault ?? null;
}

/** What the compiler's parser lets pass and the language does not: a name declared twice, a word where it may not stand. */
function ruleBrokenIn(file: SourceFile): Located | null {
  const ts = typescript();
  const host = ts.createCompilerHost({});
  const only = {
    ...host,
    getSourceFile: (name: string) => (name === file.fileName ? file : undefined),
    fileExists: (name: string) => name === file.fileName,
  };
  const program = ts.createProgram(
    [file.fileName],
    {
      noLib: true,
      noResolve: true,
      allowJs: true,
      checkJs: true,
      types: [],
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.Preserve,
    },
    only,
  );
  const broken = program.getSemanticDiagnostics(file).find(breaksRule);
  return broken?.start === undefined ? null : { place: placeOf(file, broken.start), message: null };
}

/** Of what the compiler says, what the language itself forbids: its grammar, and names declared twice. */
const breaksRule = ({ code }: Diagnostic): boolean => (code > 1000 && code < 2000) || code === 2300 || code === 2451;

function placeOf(file: SourceFile, position: number): Place {
  const { line, character } = file.getLineAndCharacterOfPosition(position);
  return { file: file.fileName, line: line + 1, column: character + 1 };
}
