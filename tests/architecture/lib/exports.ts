import { Visitor } from 'vite';
import { parse, type Source } from './source.ts';

/** What a file offers to others: functions, constants and classes by name; types are left out, as they are inferred through. */
function offeredBy(source: Source): string[] {
  const names: string[] = [];
  new Visitor({
    ExportNamedDeclaration: ({ declaration }) => {
      if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration') {
        if (declaration.id) names.push(declaration.id.name);
      } else if (declaration?.type === 'VariableDeclaration')
        for (const { id } of declaration.declarations) if (id.type === 'Identifier') names.push(id.name);
    },
  }).visit(parse(source));
  return names;
}

const wordsOf = ({ text }: Source): ReadonlySet<string> => new Set(text.match(/\w+/g));

/** Exports of `sources` whose name no other file says, nor one of the `users` beside them. */
export function unusedExports(sources: readonly Source[], users: readonly Source[] = []): string[] {
  const words = new Map([...sources, ...users].map((source) => [source.file, wordsOf(source)]));
  const isSaidBeside = (own: string, name: string) => [...words].some(([file, said]) => file !== own && said.has(name));
  return sources.flatMap((source) =>
    offeredBy(source)
      .filter((name) => !isSaidBeside(source.file, name))
      .map((name) => `${source.file}: ${name}`),
  );
}
