import { useMemo } from 'react';
import { isTextKey } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';

export type ReportWords = Readonly<{
  title(id: string): string;
  description(id: string): string;
  heading(column: string): string;
  param(name: string): string;
  /** The text of a code that stands under `path` of renderer/text. */
  code(path: string, code: string): string;
}>;

/** The words of reports, whose names come from the service. */
export function useReportWords(): ReportWords {
  const t = useText();
  return useMemo(() => {
    const textOr = (key: string, otherwise: string) => (isTextKey(key) ? t(key) : otherwise);
    return {
      title: (id) => textOr(`reports.titles.${id}`, id),
      description: (id) => textOr(`reports.descriptions.${id}`, ''),
      heading: (column) => textOr(`reports.columns.${column}`, column),
      param: (name) => textOr(`reports.params.${name}`, name),
      code: (path, code) => textOr(`${path}.${code}`, code),
    };
  }, [t]);
}
