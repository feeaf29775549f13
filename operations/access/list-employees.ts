import { z } from 'zod';
import { listEmployees as employeesWithRoles } from '#db/repositories/organisation.ts';
import { defineQuery } from '../operation.ts';

/** The archive of employees with their roles; pay is shown to whom may see payroll. */
export const listEmployees = defineQuery({
  name: 'access.listEmployees',
  right: 'setup.view',
  input: z.object({}),
  async run(ctx) {
    const employees = await employeesWithRoles(ctx.sql);
    if (ctx.actor.rights.has('payroll.view')) return { employees };
    return {
      employees: employees.map((employee) => ({ ...employee, baseSalary: 0, positionPay: 0, gradeAllowance: 0 })),
    };
  },
});
