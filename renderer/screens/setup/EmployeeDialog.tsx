import { App, Button, Checkbox, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { ROLES } from '#domain/access/roles.ts';
import type { InputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { WorkPlaceFields } from './WorkPlaceFields.tsx';
import { DateField, Dialog, DictionaryField, EntryForm, MoneyInput, useToday } from '#renderer/ui/index.ts';
import type { Employee } from './employee.ts';
import { PasswordDialog } from './PasswordDialog.tsx';

type Values = Omit<InputOf<'access.saveEmployee'>, 'existing'>;
type Person = Pick<Employee, 'id' | 'number' | 'name'>;

type Props = Readonly<{
  /** Null: a new one. */
  employee: Employee | null;
  /** Where a new one works, unless something else is chosen. */
  unitId: string;
  /** Told of a new employee, who has no password yet. */
  onAdded: (person: Person) => void;
  onClose: () => void;
}>;

/** Person, pay and roles of one employee. */
export function EmployeeDialog({ employee, unitId, onAdded, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const today = useToday();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('access.saveEmployee');
  const [isSettingPassword, setSettingPassword] = useState(false);

  function save(values: Values): void {
    const existing = employee && { id: employee.id, version: employee.version };
    operation.mutate(
      { ...values, ...payOf(values), departmentId: values.departmentId ?? null, existing },
      {
        onSuccess: ({ id }) => {
          void message.success(t('setup.employees.saved', { name: values.name }));
          onClose();
          if (!employee) onAdded({ id, number: values.number, name: values.name });
        },
      },
    );
  }

  return (
    <Dialog
      isOpen
      width={760}
      title={
        employee
          ? t('setup.employees.edit', { number: employee.number, name: employee.name })
          : t('setup.employees.add')
      }
      onClose={onClose}
    >
      <EntryForm
        form={form}
        initialValues={employee ? valuesOf(employee) : { ...EMPTY, unitId, joinedOn: today }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
        footer={
          employee?.isActive && (
            <Button onClick={() => setSettingPassword(true)}>{t('setup.employees.setPassword')}…</Button>
          )
        }
      >
        <PersonFields>
          <WorkPlaceFields form={form} kept={employee} />
        </PersonFields>
        <PayFields />
        <RoleFields />
      </EntryForm>
      {isSettingPassword && employee && (
        <PasswordDialog employee={employee} onClose={() => setSettingPassword(false)} />
      )}
    </Dialog>
  );
}

const EMPTY: Partial<Values> = {
  number: '',
  name: '',
  phone: '',
  position: '',
  grade: '',
  baseSalary: 0,
  positionPay: 0,
  gradeAllowance: 0,
  joinedOn: null,
  leftOn: null,
  isActive: true,
  roles: [],
};

function valuesOf(employee: Employee): Partial<Values> {
  const { number, name, phone, position, grade, baseSalary, positionPay, gradeAllowance } = employee;
  const { joinedOn, leftOn, isActive, roles, unitId, departmentId } = employee;
  return {
    number,
    name,
    phone,
    position,
    grade,
    baseSalary,
    positionPay,
    gradeAllowance,
    joinedOn,
    leftOn,
    isActive,
    roles: [...roles],
    unitId,
    departmentId,
  };
}

/** A pay field left empty is none. */
function payOf({ baseSalary, positionPay, gradeAllowance }: Values): Partial<Values> {
  return { baseSalary: baseSalary ?? 0, positionPay: positionPay ?? 0, gradeAllowance: gradeAllowance ?? 0 };
}

const columns = (count: number): React.CSSProperties => ({ '--mw-columns': count }) as React.CSSProperties;

function PersonFields({ children }: Readonly<{ children: ReactNode }>) {
  const t = useText();
  return (
    <>
      <div className="mw-fields" style={columns(3)}>
        <Form.Item name="number" label={t('session.number')}>
          <Input autoFocus maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t('setup.columns.name')}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="phone" label={t('setup.columns.phone')}>
          <Input maxLength={30} autoComplete="off" inputMode="tel" />
        </Form.Item>
        {children}
        <Form.Item name="position" label={t('setup.columns.position')}>
          <DictionaryField dictionary="position" maxLength={100} />
        </Form.Item>
        <Form.Item name="joinedOn" label={t('fields.joinedOn')}>
          <DateField />
        </Form.Item>
        <Form.Item name="leftOn" label={t('fields.leftOn')}>
          <DateField />
        </Form.Item>
      </div>
      <Form.Item name="isActive" valuePropName="checked">
        <Checkbox>{t('setup.employees.active')}</Checkbox>
      </Form.Item>
    </>
  );
}

function PayFields() {
  const t = useText();
  return (
    <>
      <div className="mw-setup-group">{t('setup.employees.pay')}</div>
      <div className="mw-fields" style={columns(4)}>
        <Form.Item name="grade" label={t('setup.columns.grade')}>
          <DictionaryField dictionary="grade" maxLength={40} />
        </Form.Item>
        <Form.Item name="baseSalary" label={t('setup.employees.baseSalary')}>
          <MoneyInput />
        </Form.Item>
        <Form.Item name="positionPay" label={t('setup.employees.positionPay')}>
          <MoneyInput />
        </Form.Item>
        <Form.Item name="gradeAllowance" label={t('setup.employees.gradeAllowance')}>
          <MoneyInput />
        </Form.Item>
      </div>
    </>
  );
}

function RoleFields() {
  const t = useText();
  return (
    <>
      <div className="mw-setup-group">
        {t('setup.employees.roles')} <span className="mw-soft">{t('setup.employees.rolesHint')}</span>
      </div>
      <Form.Item name="roles" noStyle>
        <Checkbox.Group className="mw-setup-roles">
          {ROLES.map((role) => (
            <Checkbox key={role} value={role}>
              {t(`roles.${role}`)} <span className="mw-soft">{t(`setup.roles.about.${role}`)}</span>
            </Checkbox>
          ))}
        </Checkbox.Group>
      </Form.Item>
    </>
  );
}
