import { Visitor } from 'vite';
import { isNamed, parse, type Source } from './source.ts';

/** What the code says that could be the key of a text, or a piece of one. */
export type Spoken = Readonly<{ words: ReadonlySet<string>; openings: ReadonlySet<string> }>;

/** All literals and names of properties, and how templates such as `roles.${role}` open. */
export function spokenIn(sources: readonly Source[]): Spoken {
  const words = new Set<string>();
  const openings = new Set<string>();
  for (const source of sources) {
    new Visitor({
      Literal: (node) => void (typeof node.value === 'string' && words.add(node.value)),
      Property: ({ key }) => void (key.type === 'Identifier' && words.add(key.name)),
      TSPropertySignature: ({ key }) => void (key.type === 'Identifier' && words.add(key.name)),
      TemplateLiteral: ({ quasis, expressions }) => {
        const opening = quasis[0]?.value.cooked ?? '';
        if (expressions.length === 0) words.add(opening);
        else openings.add(opening);
      },
      // A text read before there is a translator: `LANGUAGES[language].app.languageName`.
      MemberExpression: ({ object, property }) => {
        if (object.type !== 'MemberExpression' || object.object.type !== 'MemberExpression') return;
        if (!isNamed(object.object.object, 'LANGUAGES')) return;
        if (object.property.type === 'Identifier' && property.type === 'Identifier')
          words.add(`${object.property.name}.${property.name}`);
      },
    }).visit(parse(source));
  }
  return { words, openings };
}

/**
 * Whether somebody says this key: as a whole, or as one of the openings followed by a word that stands in the code, too.
 * A plural is asked for without its ending.
 */
export function isSpoken(key: string, openings: readonly string[], { words }: Spoken): boolean {
  const asked = key.replace(/_(one|other)$/, '');
  if (words.has(asked)) return true;
  return openings.some((opening) => asked.startsWith(opening) && words.has(asked.slice(opening.length)));
}
