import { z } from 'zod';
import type { Sql } from '#db/store.ts';
import { fieldOf, type ParamField } from '#reports/engine/params.ts';
import type { AnyReport, Choice, ReportColumn, ReportContext } from '#reports/engine/report.ts';
import { reports } from '#reports/index.ts';
import { defineQuery } from '../operation.ts';

/** A parameter as a form needs it: `values` are codes with texts under the path `texts`, `choices` are names from the data. */
export type DescribedParam = Readonly<{ name: string; choices?: readonly Choice[] }> & ParamField;

export type DescribedReport = Readonly<{ id: string; columns: readonly ReportColumn[]; params: DescribedParam[] }>;

/** The reports the actor may see, with all that a form and a grid need to know of them. */
export const listReports = defineQuery({
  name: 'reports.list',
  right: 'own.view',
  input: z.object({}),

  async run({ sql, actor, station, today }): Promise<{ reports: DescribedReport[] }> {
    const described: DescribedReport[] = [];
    for (const report of reports)
      if (actor.rights.has(report.right)) described.push(await describe(sql, report, { station, today }));
    return { reports: described };
  },
});

async function describe(sql: Sql, report: AnyReport, context: ReportContext): Promise<DescribedReport> {
  const params: DescribedParam[] = [];
  for (const [name, schema] of Object.entries(report.params.shape)) {
    const field = fieldOf(schema);
    if (!field) throw new Error(`parameter ${name} of report ${report.id} is not made of a piece in params.ts`);
    const choices = await report.choices?.[name]?.(sql, context);
    params.push({ name, ...field, ...(choices && { choices }) });
  }
  return { id: report.id, columns: report.columns, params };
}
