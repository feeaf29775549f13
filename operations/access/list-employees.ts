import { z } from 'zod';
import { subtreeOf } from '#domain/organisation/tree.ts';
import { listEmployees as employeesWithRoles } from '#db/repositories/organisation.ts';
import { allUnits } from '#db/repositories/units.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/**
 * The archive of employees with their roles: of one's own unit and those below it, or of another and those below that. Pay is
 * shown to whom may see payroll, and only of one's own people.
 */
export const listEmployees = defineQuery({
  name: 'access.listEmployees',
  right: 'setup.view',
  input: z.object({ unitId: id().optional() }),
  async run(ctx, input) {
    const units = await allUnits(ctx.sql);
    const own = new Set(ctx.actor.unitId === '' ? units.map((unit) => unit.id) : subtreeOf(units, ctx.actor.unitId));
    const asked = input.unitId === undefined ? own : new Set(subtreeOf(units, input.unitId));
    const employees = (await employeesWithRoles(ctx.sql)).filter(({ unitId }) => asked.has(unitId));
    const maySeePay = ctx.actor.rights.has('payroll.view');
    return {
      employees: employees.map((employee) =>
        maySeePay && own.has(employee.unitId)
          ? employee
          : { ...employee, baseSalary: 0, positionPay: 0, gradeAllowance: 0 },
      ),
    };
  },
});
