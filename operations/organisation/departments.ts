import { z } from 'zod';
import { countedDepartments } from '#db/repositories/departments.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Departments and positions of a unit, this one if no other is named. */
export const listDepartments = defineQuery({
  name: 'organisation.departments',
  right: 'setup.view',
  reach: 'company',
  input: z.object({ unitId: id().optional() }),
  run: async (ctx, { unitId = ctx.station.unitId }) => ({ departments: await countedDepartments(ctx.sql, unitId) }),
});
