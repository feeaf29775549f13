import { z } from 'zod';
import { subtreeOf } from '#domain/organisation/tree.ts';
import { listEmployees as employeesWithRoles } from '#db/repositories/organisation.ts';
import { allUnits } from '#db/repositories/units.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** The archive of employees with their roles, of all one's units or of one with those below it; pay is shown to whom may see payroll. */
export const listEmployees = defineQuery({
  name: 'access.listEmployees',
  right: 'setup.view',
  input: z.object({ unitId: id().optional() }),
  async run(ctx, { unitId }) {
    const all = await employeesWithRoles(ctx.sql);
    const among = unitId === undefined ? undefined : new Set(subtreeOf(await allUnits(ctx.sql), unitId));
    const employees = among ? all.filter((employee) => among.has(employee.unitId)) : all;
    if (ctx.actor.rights.has('payroll.view')) return { employees };
    return {
      employees: employees.map((employee) => ({ ...employee, baseSalary: 0, positionPay: 0, gradeAllowance: 0 })),
    };
  },
});
