import { createTranslator, isTextKey, type Language, type Translate } from '#renderer/text/index.ts';
import { fieldOf } from '../engine/params.ts';
import type { ReportRequest } from '../engine/page.ts';
import type { ReportColumn, ReportValue } from '../engine/report.ts';

/** The words of a report in one language: its title, headings, and the texts of codes. */
export type ReportWords = Readonly<{
  t: Translate;
  title(reportId: string): string;
  heading(columnKey: string): string;
  param(name: string): string;
  /** The text of a code; what is no code of ours comes back as it is. */
  code(path: string | undefined, value: ReportValue): ReportValue;
}>;

export function reportWords(language: Language): ReportWords {
  const t = createTranslator(language);
  const textOr = (key: string, otherwise: string) => (isTextKey(key) ? t(key) : otherwise);
  const codes = new Map<string, string>();
  return {
    t,
    title: (id) => textOr(`reports.titles.${id}`, id),
    heading: (key) => textOr(`reports.columns.${key}`, key),
    param: (name) => textOr(`reports.params.${name}`, name),
    code(path, value) {
      if (path === undefined || typeof value !== 'string') return value;
      const key = `${path}.${value}`;
      const known = codes.get(key);
      if (known !== undefined) return known;
      const text = textOr(key, value);
      codes.set(key, text);
      return text;
    },
  };
}

export function headings(words: ReportWords, columns: readonly ReportColumn[]): string[] {
  return columns.map((column) => words.heading(column.key));
}

/** What was asked for, in words: each parameter with its value, or that it does not limit the rows. */
export function paramsInWords(words: ReportWords, { report, params }: ReportRequest): [name: string, value: string][] {
  return Object.entries(report.params.shape).map(([name, schema]) => {
    const value = params[name];
    if (typeof value !== 'string') return [words.param(name), words.t('reports.unlimited')];
    const field = fieldOf(schema);
    const path = field?.type === 'choice' ? field.texts : undefined;
    return [words.param(name), String(words.code(path, value))];
  });
}
