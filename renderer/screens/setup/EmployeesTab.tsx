import { useMemo, useState } from 'react';
import { ROLES } from '#domain/access/roles.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, EmptyState, type GridColumn, Loaded, LocalGrid, ToneTag } from '#renderer/ui/index.ts';
import type { Employee } from './employee.ts';
import { EmployeeDialog } from './EmployeeDialog.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';

/** With the figures and words the grid filters and sorts by. */
type Row = Employee & Readonly<{ roleWords: string; fixedPay: number }>;

/** Who works here: pay and roles are the administrator's to give. */
export function EmployeesTab() {
  const query = useQueryOperation('access.listEmployees', {});
  return <Loaded query={query}>{({ employees }) => <Archive employees={employees} />}</Loaded>;
}

function Archive({ employees }: Readonly<{ employees: readonly Employee[] }>) {
  const t = useText();
  const mayManage = useMay()('access.manage');
  const columns = useColumns();
  const [edited, setEdited] = useState<Employee | 'new'>();
  const [withoutPassword, setWithoutPassword] = useState<Pick<Employee, 'id' | 'number' | 'name'>>();
  const rows = useMemo(
    () =>
      employees.map((employee) => ({
        ...employee,
        roleWords: employee.roles.map((role) => t(`roles.${role}`)).join(' / '),
        fixedPay: employee.baseSalary + employee.positionPay + employee.gradeAllowance,
      })),
    [employees, t],
  );
  return (
    <>
      <LocalGrid<Row>
        id="setup.employees"
        rows={rows}
        columns={columns}
        rowKey="id"
        {...(mayManage ? { onOpen: setEdited } : {})}
        empty={<EmptyState text={t('setup.employees.emptyText')} />}
        footer={
          mayManage && (
            <ActionButton size="small" type="link" hotkey="Alt+N" onClick={() => setEdited('new')}>
              {t('setup.employees.add')}
            </ActionButton>
          )
        }
      />
      {edited !== undefined && (
        <EmployeeDialog
          employee={edited === 'new' ? null : edited}
          onAdded={setWithoutPassword}
          onClose={() => setEdited(undefined)}
        />
      )}
      {withoutPassword && (
        <PasswordDialog employee={withoutPassword} isFirst onClose={() => setWithoutPassword(undefined)} />
      )}
    </>
  );
}

function useColumns(): readonly GridColumn<Row>[] {
  const t = useText();
  const maySeePay = useMay()('payroll.view');
  const pay: readonly GridColumn<Row>[] = maySeePay
    ? [{ key: 'fixedPay', title: t('setup.columns.pay'), type: 'money' }]
    : [];
  return [
    { key: 'number', title: t('setup.columns.number'), type: 'code', width: 90 },
    { key: 'name', title: t('setup.columns.name'), width: 110 },
    { key: 'roleWords', title: t('setup.columns.roles'), render: (row) => <RoleTags employee={row} /> },
    { key: 'position', title: t('setup.columns.position'), width: 120 },
    { key: 'grade', title: t('setup.columns.grade'), width: 70 },
    { key: 'phone', title: t('setup.columns.phone'), type: 'code', width: 130 },
    ...pay,
    { key: 'joinedOn', title: t('setup.columns.joinedOn'), type: 'date' },
    {
      key: 'isAbleToSignIn',
      title: t('setup.columns.canSignIn'),
      type: 'yesNo',
      width: 110,
      render: (row) => <SignIn employee={row} />,
    },
    { key: 'isActive', title: t('setup.columns.isActive'), type: 'yesNo', width: 80 },
  ];
}

function RoleTags({ employee }: Readonly<{ employee: Employee }>) {
  const t = useText();
  const roles = ROLES.filter((role) => employee.roles.includes(role));
  return (
    <span className="mw-setup-tags">
      {roles.map((role) => (
        <ToneTag key={role} tone={role === 'administrator' || role === 'manager' ? 'special' : 'neutral'}>
          {t(`roles.${role}`)}
        </ToneTag>
      ))}
    </span>
  );
}

function SignIn({ employee }: Readonly<{ employee: Employee }>) {
  const t = useText();
  if (!employee.isActive) return <span className="mw-soft">–</span>;
  return employee.isAbleToSignIn ? (
    <span>{t('common.yes')}</span>
  ) : (
    <ToneTag tone="waiting">{t('setup.employees.noSignIn')}</ToneTag>
  );
}
