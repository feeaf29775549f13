import { App, Checkbox, Form, Input, Segmented } from 'antd';
import { DEPARTMENT_KINDS } from '#domain/organisation/kinds.ts';
import type { InputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm } from '#renderer/ui/index.ts';
import type { Department } from './DepartmentsTab.tsx';
import { TreeSelect } from './TreeSelect.tsx';
import { indentedOptions, type IndentedOption, treeRows } from './tree-rows.ts';

type Fields = InputOf<'organisation.saveDepartment'>['fields'];
type Values = Readonly<{ fields: Omit<Fields, 'unitId'> }>;

type Props = Readonly<{
  unitId: string;
  departments: readonly Department[];
  /** Null: a new one, below `parent` or at the top. */
  department: Department | null;
  parent: Department | undefined;
  onClose: () => void;
}>;

/** One department or position and where it stands. */
export function DepartmentDialog({ unitId, departments, department, parent, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('organisation.saveDepartment');

  function save({ fields }: Values): void {
    const existing = department && { id: department.id, version: department.version };
    operation.mutate(
      { existing, fields: { isActive: true, ...fields, parentId: fields.parentId ?? null, unitId } },
      {
        onSuccess: () => {
          void message.success(t('setup.saved', { name: fields.name }));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog
      isOpen
      width={460}
      title={department ? t('setup.editTitle', { name: department.name }) : t('organisation.departments.add')}
      onClose={onClose}
    >
      <EntryForm
        form={form}
        initialValues={{ fields: department ? fieldsOf(department) : newFields(parent) }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
      >
        <Form.Item name={['fields', 'kind']} label={t('organisation.departments.kind')}>
          <Segmented
            options={DEPARTMENT_KINDS.map((kind) => ({
              value: kind,
              label: t(`organisation.departmentKinds.${kind}`),
            }))}
          />
        </Form.Item>
        <Form.Item name={['fields', 'name']} label={t('organisation.departments.name')}>
          <Input autoFocus maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name={['fields', 'parentId']} label={t('organisation.departments.parent')}>
          <TreeSelect
            allowClear
            placeholder={t('organisation.departments.atTheTop')}
            options={possibleParents(departments, department?.id)}
          />
        </Form.Item>
        {department && (
          <Form.Item name={['fields', 'isActive']} valuePropName="checked">
            <Checkbox>{t('organisation.departments.inUse')}</Checkbox>
          </Form.Item>
        )}
      </EntryForm>
    </Dialog>
  );
}

function newFields(parent: Department | undefined): Values['fields'] {
  return { kind: 'department', name: '', parentId: parent?.id ?? null, isActive: true };
}

function fieldsOf({ kind, name, parentId, isActive }: Department): Values['fields'] {
  return { kind, name, parentId, isActive };
}

/** Departments in use that don't stand below the one that is placed. */
function possibleParents(all: readonly Department[], ownId: string | undefined): IndentedOption[] {
  const rows = treeRows(all);
  const own = rows.findIndex(({ id }) => id === ownId);
  const depth = rows[own]?.depth ?? 0;
  const next = rows.findIndex((row, place) => place > own && row.depth <= depth);
  const end = next < 0 ? rows.length : next;
  const outside = own < 0 ? rows : [...rows.slice(0, own), ...rows.slice(end)];
  return indentedOptions(
    outside.filter(({ kind, isActive }) => kind === 'department' && isActive),
    ({ name }) => name,
  );
}
