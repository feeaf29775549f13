import { Visitor, type ESTree } from 'vite';
import { isMember, isNamed, parse, placeOf, type Source } from './source.ts';

/** SQL as we write it, in capitals, and as it could slip in, all in small letters; a sentence starts with one capital only. */
const SQL = /^\s*(SELECT\s|INSERT INTO\s|DELETE FROM\s|UPDATE\s+\S+\s+SET\s|WITH\s+\S+\s+AS\s*\()/;
const SMALL_SQL = /^\s*(select\s[^]+\sfrom\s|insert into\s|delete from\s|update\s+\S+\s+set\s)/;

/** Strings and templates that are SQL, by place. */
export function sqlIn(source: Source): string[] {
  const found: string[] = [];
  const check = (start: number, text: string) => {
    if (SQL.test(text) || SMALL_SQL.test(text)) found.push(placeOf(source, start));
  };
  new Visitor({
    Literal: (node) => void (typeof node.value === 'string' && check(node.start, node.value)),
    TemplateLiteral: (node) => check(node.start, node.quasis.map((quasi) => quasi.value.cooked ?? '').join('x')),
  }).visit(parse(source));
  return found;
}

/** Uses of the clock and of chance, which domain and operations get from their context. */
export function clockAndChanceIn(source: Source): string[] {
  const found: string[] = [];
  const note = (node: ESTree.Node, what: string) => found.push(`${placeOf(source, node.start)} ${what}`);
  new Visitor({
    MemberExpression: (node) => {
      for (const [object, property] of OUTSIDE)
        if (isMember(node, object, property)) note(node, `${object}.${property}`);
      if (isNamed(node.property, 'randomUUID')) note(node, 'randomUUID');
    },
    NewExpression: (node) =>
      void (isNamed(node.callee, 'Date') && node.arguments.length === 0 && note(node, 'new Date()')),
    CallExpression: (node) => void (isNamed(node.callee, 'Date') && note(node, 'Date()')),
    ImportSpecifier: (node) => void (RANDOM.has(node.local.name) && note(node, node.local.name)),
  }).visit(parse(source));
  return found;
}

const OUTSIDE = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['performance', 'now'],
] as const;

const RANDOM = new Set(['randomUUID', 'randomBytes', 'randomInt', 'uuidv7', 'v7', 'v4']);

/** The longest a file may be; the files of texts, one for each language, are as long as there are texts. */
const LONGEST = 400;

export function overlong({ file, text }: Source): string[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > LONGEST && !/^renderer\/text\/[\w-]+\.ts$/.test(file) ? [`${file}: ${lines} lines`] : [];
}

/** `utils` and `helpers` say nothing of what is inside. */
export const isVaguelyNamed = (file: string): boolean => /(^|\/)(utils?|helpers?|misc|common)(\.tsx?$|\/)/i.test(file);

/** Where the operation `workOrders.registerIntake` has its file. */
export function fileOfOperation(name: string): string {
  return `operations/${name.split('.').map(kebab).join('/')}.ts`;
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The members of an exported union of string literals, such as `ErrorCode`. */
export function literalsOf(source: Source, typeName: string): string[] {
  const members: string[] = [];
  new Visitor({
    TSTypeAliasDeclaration: (node) => {
      if (node.id.name !== typeName || node.typeAnnotation.type !== 'TSUnionType') return;
      for (const type of node.typeAnnotation.types) {
        if (type.type === 'TSLiteralType' && type.literal.type === 'Literal') members.push(String(type.literal.value));
      }
    },
  }).visit(parse(source));
  return members;
}
