import type { Identifier, Node, SourceFile } from 'typescript';
import { typescript } from './compiler';

/** What a file's own text says of how it is to be run. */
export interface FileFacts {
  /** It has an `import` or `export` of ES modules. */
  isModule: boolean;
  /** It says what it exports as CommonJS does: `export =`, `module.exports`, `exports.x`. */
  exportsCommonJs: boolean;
  /** Names that it uses and does not declare. */
  free: ReadonlySet<string>;
  declared: ReadonlySet<string>;
}

/** Reads the facts of a parsed file, whose nodes know their parents. */
export function factsOf(file: SourceFile): FileFacts {
  const ts = typescript();
  const used = new Set<string>();
  const declared = new Set<string>();
  let exportsCommonJs = false;
  const visit = (node: Node): void => {
    if (ts.isExportAssignment(node) && node.isExportEquals === true) exportsCommonJs = true;
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) used.add('require');
    if (ts.isIdentifier(node)) note(node, used, declared);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const free = new Set([...used].filter((name) => !declared.has(name)));
  return {
    isModule: ts.isExternalModule(file),
    exportsCommonJs: exportsCommonJs || free.has('exports') || usesModuleExports(file, free),
    free,
    declared,
  };
}

const usesModuleExports = (file: SourceFile, free: ReadonlySet<string>): boolean =>
  free.has('module') && /\bmodule\s*\.\s*exports\b/.test(file.text);

function note(node: Identifier, used: Set<string>, declared: Set<string>): void {
  const ts = typescript();
  const { parent } = node;
  if ('name' in parent && parent.name === node) {
    // Of `a.require` and `{ require: 1 }` nothing is used; what is only declared to be there is not there.
    if (ts.isPropertyAccessExpression(parent) || ts.isClassElement(parent) || ts.isObjectLiteralElement(parent)) return;
    if (!isAmbient(parent)) declared.add(node.text);
    return;
  }
  if (!ts.isPartOfTypeNode(node)) used.add(node.text);
}

function isAmbient(node: Node): boolean {
  const ts = typescript();
  for (let at: Node | undefined = node; at !== undefined && !ts.isSourceFile(at); at = at.parent) {
    if (
      ts.canHaveModifiers(at) &&
      ts.getModifiers(at)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true
    )
      return true;
  }
  return false;
}
