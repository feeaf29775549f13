import { z } from 'zod';
import { requireRight, type Actor } from '#domain/access/actor.ts';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import type { Sql } from '#db/store.ts';
import { findReport } from '#reports/index.ts';
import type { ReportRequest } from '#reports/engine/page.ts';
import type { AnyReport, ReportContext } from '#reports/engine/report.ts';
import { faultsOf, fragment, listInput } from '../inputs.ts';

const { filters, sort } = listInput;

/** What running and exporting a report take: its id, its parameters as text, and the reader's own filters and order. */
export const reportInput = {
  id: fragment(60),
  params: z.record(fragment(60), fragment().nullable()).default({}),
  filters,
  sort,
};

type Asker = Readonly<{ sql: Sql; actor: Actor }> & ReportContext;
type Asked = Readonly<{ id: string; params: Readonly<Record<string, string | null>> }> &
  Pick<ReportRequest, 'filters' | 'sort'>;

/**
 * The right to a report is the report's own; what is asked of it is checked by its own schema.
 * @throws DomainError `not-found`, `access.denied`, `input.invalid` with faults by `params.<name>`
 */
export async function requestOf(asker: Asker, { id, params, filters, sort }: Asked): Promise<ReportRequest> {
  const report = findReport(id);
  if (!report) throw new DomainError('not-found', { entity: 'report', id });
  requireRight(asker.actor, report.right);
  const context = { station: asker.station, today: asker.today };
  const parsed = await parseParams(asker.sql, report, context, params);
  return { report, params: parsed, context, ...(filters && { filters }), ...(sort && { sort }) };
}

async function parseParams(
  sql: Sql,
  report: AnyReport,
  context: ReportContext,
  params: Asked['params'],
): Promise<Record<string, unknown>> {
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null && value !== ''));
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(report.params.shape, name));
  refuse(unknown.map((name) => ({ path: name, rule: 'unknownField' })));
  const parsed = report.params.safeParse(given);
  if (!parsed.success) throw refusal(faultsOf(parsed.error));
  refuse(await wrongChoices(sql, report, context, parsed.data));
  refuse(endBeforeBeginning(parsed.data));
  return parsed.data;
}

async function wrongChoices(
  sql: Sql,
  report: AnyReport,
  context: ReportContext,
  params: Readonly<Record<string, unknown>>,
): Promise<FieldFault[]> {
  const faults: FieldFault[] = [];
  for (const [name, load] of Object.entries(report.choices ?? {})) {
    if (!load || params[name] === undefined) continue;
    const choices = await load(sql, context);
    if (!choices.some(({ value }) => value === params[name])) faults.push({ path: name, rule: 'notAllowed' });
  }
  return faults;
}

function endBeforeBeginning({ from, to }: Readonly<Record<string, unknown>>): FieldFault[] {
  if (typeof from !== 'string' || typeof to !== 'string' || from <= to) return [];
  return [{ path: 'to', rule: 'tooSmall', params: { min: from } }];
}

function refuse(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw refusal(faults);
}

function refusal(faults: readonly FieldFault[]): DomainError {
  return new DomainError('input.invalid', {
    faults: faults.map((fault) => ({ ...fault, path: `params.${fault.path}` })),
  });
}
