import type { ErrorCode, ErrorDetails } from '#domain/errors.ts';
import type { OutputOf } from '#operations/index.ts';

/** One line of the audit log, read for people. */

export type AuditRow = OutputOf<'auditLog.list'>['rows'][number];

type Values = Readonly<Record<string, unknown>>;

export type Change = Readonly<{
  before: Values;
  after: Values;
  refusal: Readonly<{ code: ErrorCode; details: ErrorDetails }> | undefined;
}>;

export function changeOf(row: AuditRow): Change {
  const { before, after, code, details } = JSON.parse(row.change) as Partial<{
    before: Values;
    after: Values;
    code: ErrorCode;
    details: ErrorDetails;
  }>;
  const refusal = row.event === 'refused' && code !== undefined ? { code, details: details ?? {} } : undefined;
  return { before: before ?? {}, after: after ?? {}, refusal };
}

export type ChangedField = Readonly<{ name: string; before: unknown; after: unknown; isChanged: boolean }>;

/** Not for people: how the database knows rows. */
const INTERNAL = new Set([
  'id',
  'version',
  'createdAt',
  'unitId',
  'parentId',
  'regionId',
  'departmentId',
  'searchText',
]);

/** The fields that are known before or after, those that changed first. */
export function changedFields({ before, after }: Change): readonly ChangedField[] {
  const hasBefore = Object.keys(before).length > 0;
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])].filter((name) => !INTERNAL.has(name));
  return names
    .map((name) => ({
      name,
      before: before[name],
      // A change tells what it sets: what it leaves out stays as it was.
      after: name in after ? after[name] : before[name],
      isChanged: hasBefore && name in after && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    }))
    .toSorted((a, b) => Number(b.isChanged) - Number(a.isChanged));
}
