import { Form, type FormInstance } from 'antd';
import type { InputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { indentedOptions } from '../organisation/tree-rows.ts';
import { TreeSelect } from '../organisation/TreeSelect.tsx';
import { unitOptions } from '../organisation/units.ts';
import { useOwnUnits } from '../organisation/use-upkeep.ts';

type Values = Omit<InputOf<'access.saveEmployee'>, 'existing'>;

type Props = Readonly<{
  form: FormInstance<Values>;
  /** Where the employee is now, which can be kept even when it is closed. */
  kept: Readonly<{ unitId: string; departmentId: string | null }> | null;
}>;

/** The unit, where there are several, and the department or position in its tree. */
export function WorkPlaceFields({ form, kept }: Props) {
  const t = useText();
  const unitId = Form.useWatch('unitId', form);
  const units = useQueryOperation('organisation.units', {}, { staleTime: 60_000 });
  const query = useQueryOperation('organisation.departments', unitId === undefined ? {} : { unitId });
  const all = units.data?.units ?? [];
  const own = useOwnUnits(all);
  const possible = all.filter((unit) => own.has(unit.id) && (unit.isActive || unit.id === kept?.unitId));
  const departments = (query.data?.departments ?? []).filter(
    ({ id, isActive }) => isActive || id === kept?.departmentId,
  );

  /** Who gets a position is called by it, unless he is called something already. */
  function nameAfter(departmentId: string | undefined): void {
    const chosen = departments.find(({ id }) => id === departmentId);
    if (chosen?.kind === 'position' && !form.getFieldValue('position')) form.setFieldValue('position', chosen.name);
  }

  return (
    <>
      <Form.Item name="unitId" label={t('setup.employees.unit')} hidden={all.length < 2}>
        <TreeSelect options={unitOptions(possible)} onChange={() => form.setFieldValue('departmentId', null)} />
      </Form.Item>
      <Form.Item name="departmentId" label={t('setup.employees.department')}>
        <TreeSelect
          allowClear
          placeholder={t('setup.employees.noDepartment')}
          options={indentedOptions(departments, ({ name }) => name)}
          onChange={nameAfter}
        />
      </Form.Item>
    </>
  );
}
