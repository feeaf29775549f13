import type { OutputOf } from '#operations/index.ts';
import type { Translate } from '#renderer/text/index.ts';

/** The kinds of stock documents as words and choices. */

type Row = OutputOf<'stock.documents'>['rows'][number];
export type DocumentKind = Row['kind'];
export type IssueKind = NonNullable<Row['issueKind']>;

const DOCUMENT_KINDS = [
  'receipt',
  'issue',
  'material',
  'return',
  'supplier-return',
  'count',
  'recovery',
  'reversal',
] as const satisfies readonly DocumentKind[];
export const ISSUE_KINDS = [
  'counter-sale',
  'out-of-warranty',
  'in-warranty',
  'vendor-unit',
  'to-technician',
  'to-outlet',
] as const satisfies readonly IssueKind[];

export const kindOptions = (t: Translate) =>
  DOCUMENT_KINDS.map((kind) => ({ value: kind, label: t(`stock.kinds.${kind}`) }));
export const issueKindOptions = (t: Translate) =>
  ISSUE_KINDS.map((kind) => ({ value: kind, label: t(`stock.issueKinds.${kind}`) }));

/** Of an issue the kind of issue, which says more. */
export function kindText(t: Translate, { kind, issueKind }: Pick<Row, 'kind' | 'issueKind'>): string {
  return kind === 'issue' && issueKind ? t(`stock.issueKinds.${issueKind}`) : t(`stock.kinds.${kind}`);
}
