import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor, type ESTree } from 'vite';

/** A source file of the project; `file` is its path from the project's root, with slashes. */
export type Source = Readonly<{ file: string; text: string }>;

export const PRODUCT_FOLDERS = [
  'cli',
  'db',
  'domain',
  'electron',
  'operations',
  'renderer',
  'reports',
  'server',
  'sync',
] as const;

/** All TypeScript files under some folders of the project; a folder that does not exist yet has none. */
export function sourcesIn(folders: readonly string[]): Source[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
        path.posix.join(folder, ...name.split(path.sep)),
      ),
    )
    .filter((file) => /\.(ts|tsx|mts|cts)$/.test(file))
    .toSorted()
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

export function parse({ file, text }: Source): ESTree.Program {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  return program;
}

/** Where something stands, as an editor understands it. */
export const placeOf = ({ file, text }: Source, offset: number): string =>
  `${file}:${text.slice(0, offset).split('\n').length}`;

/** An import of one of our own files: `target` is its path from the project's root, or the name of a package. */
export type Import = Readonly<{ place: string; target: string; isOurs: boolean; isType: boolean }>;

/**
 * Everything a file asks for: static and dynamic imports, re-exports, import types, and files named by
 * `new URL('./x.ts', import.meta.url)`, which is how workers are started. A dynamic import of a computed name has the target `?`.
 */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  const note = (node: { start: number }, specifier: string, isType: boolean) =>
    found.push({ place: placeOf(source, node.start), ...resolve(source.file, specifier), isType });
  new Visitor({
    // `import { type A }` stays in the running code as an import for its effects: only `import type` is none.
    ImportDeclaration: (node) => note(node, node.source.value, node.importKind === 'type'),
    ExportAllDeclaration: (node) => note(node, node.source.value, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => node.source && note(node, node.source.value, node.exportKind === 'type'),
    ImportExpression: (node) => note(node, literal(node.source) ?? '?', false),
    TSImportType: (node) => note(node, node.source.value, true),
    NewExpression: (node) => {
      const [first, second] = node.arguments;
      if (!isNamed(node.callee, 'URL') || second?.type !== 'MemberExpression') return;
      const file = literal(first);
      if (file !== undefined) note(node, file, false);
    },
  }).visit(parse(source));
  return found;
}

function resolve(importer: string, specifier: string): Pick<Import, 'target' | 'isOurs'> {
  if (specifier.startsWith('#')) return { target: specifier.slice(1), isOurs: true };
  if (!specifier.startsWith('.')) return { target: specifier, isOurs: false };
  return { target: path.posix.join(path.posix.dirname(importer), specifier), isOurs: true };
}

export function literal(node: ESTree.Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral') return node.quasis.map((quasi) => quasi.value.cooked ?? '').join('?');
  return undefined;
}

export function isNamed(node: ESTree.Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

/** Whether an expression is `object.property`. */
export function isMember(node: ESTree.Node, object: string, property: string): boolean {
  return node.type === 'MemberExpression' && isNamed(node.object, object) && isNamed(node.property, property);
}
