import { z } from 'zod';
import { EXPORT_FORMATS, exportReport, type ExportedFile } from '#reports/excel/export.ts';
import { defineQuery } from '../operation.ts';
import { reportInput, requestOf } from './request.ts';

/** All rows of a report as a file: the same rows and totals as on the screen. The right to it is the report's own. */
export const exportToFile = defineQuery({
  name: 'reports.export',
  right: 'own.view',
  input: z.object({ ...reportInput, format: z.enum(EXPORT_FORMATS), language: z.enum(['zh-CN', 'en']) }),

  async run(ctx, { format, language, ...asked }): Promise<ExportedFile> {
    const request = await requestOf(ctx, asked);
    return exportReport(ctx.sql, request, { format, language, madeAt: ctx.now, madeBy: ctx.actor.name });
  },
});
