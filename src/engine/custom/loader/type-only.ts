import { readFileSync } from 'node:fs';
import type { ExportSpecifier, ImportSpecifier, SourceFile, Statement } from 'typescript';
import { typescript } from './compiler';
import { findImport } from './find';

const TYPESCRIPT = /\.[cm]?tsx?$/;

/**
 * The text of a file with `type` before each name that it imports or exports again and that is only a type in the file of
 * the user it comes from: one file alone does not tell, and importing such a name would fail.
 */
export function withTypesMarked(parsed: SourceFile): string {
  const places = parsed.statements.flatMap((statement) => typesIn(statement, parsed.fileName)).sort((a, b) => b - a);
  return places.reduce((text, place) => `${text.slice(0, place)}type ${text.slice(place)}`, parsed.text);
}

function typesIn(statement: Statement, file: string): number[] {
  const ts = typescript();
  const from = sourceOf(statement, file);
  if (from === null) return [];
  const names: readonly (ImportSpecifier | ExportSpecifier)[] = ts.isImportDeclaration(statement)
    ? importedBy(statement.importClause?.namedBindings)
    : exportedBy(statement);
  return names
    .filter((one) => !one.isTypeOnly && isOnlyType(from, (one.propertyName ?? one.name).text))
    .map((one) => one.getStart());
}

function importedBy(bindings: unknown): readonly ImportSpecifier[] {
  const ts = typescript();
  const node = bindings as Parameters<typeof ts.isNamedImports>[0] | undefined;
  return node !== undefined && ts.isNamedImports(node) ? node.elements : [];
}

function exportedBy(statement: Statement): readonly ExportSpecifier[] {
  const ts = typescript();
  return ts.isExportDeclaration(statement) &&
    !statement.isTypeOnly &&
    statement.exportClause !== undefined &&
    ts.isNamedExports(statement.exportClause)
    ? statement.exportClause.elements
    : [];
}

/** The file of the user, in TypeScript, that a statement imports or exports from; null for any other. */
function sourceOf(statement: Statement, file: string): string | null {
  const ts = typescript();
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return null;
  const { moduleSpecifier } = statement;
  if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return null;
  const found = findImport(moduleSpecifier.text, file);
  return found !== null && TYPESCRIPT.test(found) ? found : null;
}

/** Whether a file exports a name as a type and as nothing else. */
function isOnlyType(file: string, name: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  const { values, types, again, all } = exportsOf(file);
  if (values.has(name)) return false;
  if (types.has(name)) return true;
  const from = again.get(name);
  if (from !== undefined) return isOnlyType(from.file, from.name, seen);
  return all.some((other) => isOnlyType(other, name, seen));
}

interface Exports {
  values: Set<string>;
  types: Set<string>;
  /** Names that come from another file. */
  again: Map<string, { file: string; name: string }>;
  /** Files all of whose exports are exported. */
  all: string[];
}

const read = new Map<string, Exports>();

function exportsOf(file: string): Exports {
  const known = read.get(file);
  if (known !== undefined) return known;
  const found: Exports = { values: new Set(), types: new Set(), again: new Map(), all: [] };
  read.set(file, found);
  const ts = typescript();
  const parsed = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ESNext, true);
  const locals = localsOf(parsed);
  for (const statement of parsed.statements) {
    if (isExported(statement)) declare(statement, found);
    if (ts.isExportDeclaration(statement)) exportAgain(statement, file, locals, found);
  }
  return found;
}

function isExported(statement: Statement): boolean {
  const ts = typescript();
  return (
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  );
}

/** Notes the names that a statement declares, as types or as values. */
function declare(statement: Statement, { values, types }: Pick<Exports, 'values' | 'types'>): void {
  const ts = typescript();
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) types.add(statement.name.text);
  else if (ts.isVariableStatement(statement))
    for (const { name } of statement.declarationList.declarations) for (const one of namesIn(name)) values.add(one);
  else if ('name' in statement && statement.name !== undefined) values.add((statement.name as { text: string }).text);
}

function namesIn(name: { text?: string; elements?: readonly unknown[] }): string[] {
  if (typeof name.text === 'string') return [name.text];
  return (name.elements ?? []).flatMap((element) => namesIn((element as { name?: { text?: string } }).name ?? {}));
}

interface Locals extends Pick<Exports, 'values' | 'types'> {
  imported: Map<string, { file: string; name: string }>;
  importedTypes: Set<string>;
}

function localsOf(parsed: SourceFile): Locals {
  const ts = typescript();
  const found: Locals = { values: new Set(), types: new Set(), imported: new Map(), importedTypes: new Set() };
  for (const statement of parsed.statements) {
    declare(statement, found);
    if (!ts.isImportDeclaration(statement)) continue;
    const from = sourceOf(statement, parsed.fileName);
    for (const one of importedBy(statement.importClause?.namedBindings)) {
      if (one.isTypeOnly || statement.importClause?.isTypeOnly === true) found.importedTypes.add(one.name.text);
      else if (from !== null)
        found.imported.set(one.name.text, { file: from, name: (one.propertyName ?? one.name).text });
    }
  }
  return found;
}

function exportAgain(statement: Statement, file: string, locals: Locals, found: Exports): void {
  const ts = typescript();
  const from = sourceOf(statement, file);
  if (ts.isExportDeclaration(statement) && statement.exportClause === undefined && from !== null) found.all.push(from);
  const only =
    ts.isExportDeclaration(statement) &&
    statement.isTypeOnly &&
    statement.exportClause !== undefined &&
    ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements
      : [];
  for (const one of only) found.types.add(one.name.text);
  for (const one of exportedBy(statement)) {
    const name = (one.propertyName ?? one.name).text;
    const imported = locals.imported.get(name);
    if (one.isTypeOnly) found.types.add(one.name.text);
    else if (from !== null) found.again.set(one.name.text, { file: from, name });
    else if (imported !== undefined) found.again.set(one.name.text, imported);
    else if ((locals.types.has(name) || locals.importedTypes.has(name)) && !locals.values.has(name))
      found.types.add(one.name.text);
    else found.values.add(one.name.text);
  }
}
