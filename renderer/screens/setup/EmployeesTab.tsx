import { useMemo, useState } from 'react';
import { ROLES } from '#domain/access/roles.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay, useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, EmptyState, type GridColumn, Loaded, LocalGrid, ToneTag } from '#renderer/ui/index.ts';
import { KeptByHeadOffice } from '../organisation/KeptByHeadOffice.tsx';
import { TreeSelect } from '../organisation/TreeSelect.tsx';
import { type Unit, unitOptions } from '../organisation/units.ts';
import { useOwnUnits } from '../organisation/use-upkeep.ts';
import type { Employee } from './employee.ts';
import { EmployeeDialog } from './EmployeeDialog.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';

/** With the figures and words the grid filters and sorts by. */
type Row = Employee & Readonly<{ roleWords: string; fixedPay: number }>;

/** Who works here: pay and roles are the administrator's to give. */
export function EmployeesTab() {
  const [unitId, setUnitId] = useState<string>();
  const query = useQueryOperation('access.listEmployees', unitId === undefined ? {} : { unitId }, {
    keepPrevious: true,
  });
  const { units, ofActor } = useUnits();
  return (
    <>
      <KeptByHeadOffice />
      {units.length > 1 && <UnitFilter units={units} unitId={unitId} onChange={setUnitId} />}
      <Loaded query={query}>
        {({ employees }) => <Archive employees={employees} unitId={unitId ?? ofActor} hasUnits={units.length > 1} />}
      </Loaded>
    </>
  );
}

/** The units whose people whoever is signed in sees. */
function useUnits(): Readonly<{ units: readonly Unit[]; ofActor: string }> {
  const { actor } = useSession();
  const query = useQueryOperation('organisation.units', {}, { staleTime: 60_000 });
  const all = query.data?.units ?? [];
  const own = useOwnUnits(all);
  return { units: all.filter(({ id }) => own.has(id)), ofActor: actor.unitId };
}

type FilterProps = Readonly<{
  units: readonly Unit[];
  unitId: string | undefined;
  onChange: (unitId: string | undefined) => void;
}>;

function UnitFilter({ units, unitId, onChange }: FilterProps) {
  const t = useText();
  return (
    <div className="mw-setup-filter">
      <span className="mw-soft">{t('setup.employees.unit')}</span>
      <TreeSelect
        allowClear
        aria-label={t('setup.employees.unit')}
        style={{ width: 300 }}
        placeholder={t('setup.employees.allUnits')}
        {...(unitId === undefined ? {} : { value: unitId })}
        options={unitOptions(units)}
        onChange={onChange}
      />
    </div>
  );
}

type ArchiveProps = Readonly<{
  employees: readonly Employee[];
  /** Where a new one works. */
  unitId: string;
  hasUnits: boolean;
}>;

function Archive({ employees, unitId, hasUnits }: ArchiveProps) {
  const t = useText();
  const { isLinked } = useSession();
  const mayGivePasswords = useMay()('access.manage');
  const mayManage = mayGivePasswords && !isLinked;
  const columns = useColumns(hasUnits);
  const [edited, setEdited] = useState<Employee | 'new'>();
  const [withoutPassword, setWithoutPassword] = useState<Pick<Employee, 'id' | 'number' | 'name'>>();
  // People are head office's to change, but whoever forgot his password need not wait for the line.
  const open = (employee: Employee) =>
    mayManage ? setEdited(employee) : employee.isActive && setWithoutPassword(employee);
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
        {...(mayGivePasswords ? { onOpen: open } : {})}
        empty={<EmptyState text={t('setup.employees.emptyText')} />}
        footer={
          isLinked ? (
            <span className="mw-soft">{t('setup.keptByHeadOffice')}</span>
          ) : (
            mayManage && (
              <ActionButton size="small" type="link" hotkey="Alt+N" onClick={() => setEdited('new')}>
                {t('setup.employees.add')}
              </ActionButton>
            )
          )
        }
      />
      {edited !== undefined && (
        <EmployeeDialog
          employee={edited === 'new' ? null : edited}
          unitId={unitId}
          onAdded={setWithoutPassword}
          onClose={() => setEdited(undefined)}
        />
      )}
      {withoutPassword && (
        <PasswordDialog employee={withoutPassword} isFirst={mayManage} onClose={() => setWithoutPassword(undefined)} />
      )}
    </>
  );
}

function useColumns(hasUnits: boolean): readonly GridColumn<Row>[] {
  const t = useText();
  const maySeePay = useMay()('payroll.view');
  const pay: readonly GridColumn<Row>[] = maySeePay
    ? [{ key: 'fixedPay', title: t('setup.columns.pay'), type: 'money', width: 96 }]
    : [];
  const unit: readonly GridColumn<Row>[] = hasUnits
    ? [{ key: 'unitName', title: t('setup.columns.unit'), width: 120 }]
    : [];
  return [
    { key: 'number', title: t('setup.columns.number'), type: 'code', width: 80 },
    { key: 'name', title: t('setup.columns.name'), width: 90 },
    {
      key: 'roleWords',
      title: t('setup.columns.roles'),
      width: 122,
      grows: true,
      render: (row) => <RoleTags employee={row} />,
    },
    ...unit,
    { key: 'departmentName', title: t('setup.columns.department'), width: 100 },
    { key: 'position', title: t('setup.columns.position'), width: 90 },
    { key: 'grade', title: t('setup.columns.grade'), width: 62 },
    { key: 'phone', title: t('setup.columns.phone'), type: 'code', width: 120 },
    ...pay,
    { key: 'joinedOn', title: t('setup.columns.joinedOn'), type: 'date', width: 102 },
    {
      key: 'isAbleToSignIn',
      title: t('setup.columns.canSignIn'),
      type: 'yesNo',
      width: 124,
      render: (row) => <SignIn employee={row} />,
    },
    { key: 'isActive', title: t('setup.columns.isActive'), type: 'yesNo', width: 72 },
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
