import { ISSUE_KINDS, type IssueKind, RIGHT_TO_ISSUE } from '#domain/stock/issues.ts';
import type { OutputOf } from '#operations/index.ts';
import { useMay } from '#renderer/app/session.tsx';
import type { Translate } from '#renderer/text/index.ts';

/** The kinds of stock documents as words and choices. */

type Row = OutputOf<'stock.documents'>['rows'][number];
export type DocumentKind = Row['kind'];

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
/** The last three are what becomes of old parts. */
const ALL_ISSUE_KINDS = [...ISSUE_KINDS, 'scrap', 'to-maker', 'handed-back'] as const satisfies readonly NonNullable<
  Row['issueKind']
>[];

export const kindOptions = (t: Translate) =>
  DOCUMENT_KINDS.map((kind) => ({ value: kind, label: t(`stock.kinds.${kind}`) }));
export const issueKindOptions = (t: Translate) =>
  ALL_ISSUE_KINDS.map((kind) => ({ value: kind, label: t(`stock.issueKinds.${kind}`) }));

/** Of an issue the kind of issue, which says more. */
export function kindText(t: Translate, { kind, issueKind }: Pick<Row, 'kind' | 'issueKind'>): string {
  return kind === 'issue' && issueKind ? t(`stock.issueKinds.${issueKind}`) : t(`stock.kinds.${kind}`);
}

/** Those that the user may issue for, the commonest first. */
export function useIssueKinds(): readonly IssueKind[] {
  const may = useMay();
  return ISSUE_KINDS.filter((kind) => may(RIGHT_TO_ISSUE[kind]));
}
