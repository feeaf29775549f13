import { App, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { UNIT_KINDS } from '#domain/organisation/kinds.ts';
import type { InputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, useConfirm, useStationSettings } from '#renderer/ui/index.ts';
import { TreeSelect } from './TreeSelect.tsx';
import { possibleParents, type RegionChange, regionChange, type Unit, unitOptions } from './units.ts';

type Fields = InputOf<'organisation.saveUnit'>['fields'];
type Values = Readonly<{ fields: Fields }>;

type Props = Readonly<{
  units: readonly Unit[];
  /** Null: a new one, below `parent`. */
  unit: Unit | null;
  parent: Unit | undefined;
  onClose: () => void;
}>;

/** One unit and its place in the tree; what a change of region means is asked about before it is made. */
export function UnitDialog({ units, unit, parent, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const confirm = useConfirm();
  const settings = useStationSettings();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('organisation.saveUnit');
  const [isHeld, setHeld] = useState(false);

  function save(fields: Fields): void {
    const existing = unit && { id: unit.id, version: unit.version };
    operation.mutate(
      { existing, fields },
      {
        onSuccess: () => {
          void message.success(t('setup.saved', { name: fields.name }));
          onClose();
        },
      },
    );
  }

  function submit({ fields }: Values): void {
    const sent: Fields = { isActive: true, ...fields, parentId: fields.parentId ?? null };
    const change = unit && regionChange(units, unit.id, { parentId: sent.parentId, kind: sent.kind });
    if (!unit || !change) return save(sent);
    setHeld(true);
    confirm({
      width: 520,
      title: t('organisation.units.moveTitle', { name: unit.name }),
      content: <Consequences change={change} />,
      okText: t('organisation.units.moveConfirm'),
      cancelText: t('common.cancel'),
      onOk: () => {
        setHeld(false);
        save(sent);
      },
    });
  }

  return (
    <Dialog
      isOpen
      width={620}
      title={unit ? t('setup.editTitle', { name: unit.name }) : t('organisation.units.add')}
      onClose={onClose}
    >
      <EntryForm
        form={form}
        initialValues={{ fields: unit ? fieldsOf(unit) : newFields(parent, settings) }}
        error={operation.error}
        isPending={operation.isPending}
        isHeld={isHeld}
        onCancel={onClose}
        onSubmit={submit}
      >
        <UnitFields units={units} unit={unit} />
      </EntryForm>
    </Dialog>
  );
}

function newFields(parent: Unit | undefined, settings: Readonly<{ timeZone: string; currency: string }>): Fields {
  const { timeZone, currency } = parent ?? settings;
  return { code: '', name: '', kind: 'outlet', parentId: parent?.id ?? null, timeZone, currency, isActive: true };
}

function fieldsOf({ code, name, kind, parentId, timeZone, currency, isActive }: Unit): Fields {
  return { code, name, kind, parentId, timeZone, currency, isActive };
}

function Consequences({ change }: Readonly<{ change: RegionChange }>) {
  const t = useText();
  const { from, to, count } = change;
  return (
    <div className="mw-organisation-consequences">
      <p>{t('organisation.units.moveRegion', { from, to, units: count })}</p>
      <ul>
        <li>{t('organisation.units.moveSnapshot')}</li>
        <li>{t('organisation.units.moveOld', { name: from })}</li>
        <li>{t('organisation.units.moveNew', { name: to })}</li>
      </ul>
    </div>
  );
}

function UnitFields({ units, unit }: Readonly<{ units: readonly Unit[]; unit: Unit | null }>) {
  const t = useText();
  const isRoot = unit !== null && unit.parentId === null;
  const kinds = UNIT_KINDS.filter((kind) =>
    isRoot ? kind === 'head-office' || kind === unit.kind : kind !== 'head-office',
  );
  return (
    <>
      <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
        <Form.Item
          name={['fields', 'code']}
          label={t('organisation.units.code')}
          extra={t('organisation.units.codeHint')}
        >
          <Input autoFocus maxLength={8} autoComplete="off" />
        </Form.Item>
        <Form.Item name={['fields', 'name']} label={t('setup.columns.title')}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name={['fields', 'kind']} label={t('organisation.units.kind')}>
          <Select options={kinds.map((kind) => ({ value: kind, label: t(`organisation.unitKinds.${kind}`) }))} />
        </Form.Item>
        {!isRoot && (
          <Form.Item name={['fields', 'parentId']} label={t('organisation.units.parent')}>
            <TreeSelect options={unitOptions(possibleParents(units, unit?.id))} />
          </Form.Item>
        )}
        <Form.Item name={['fields', 'timeZone']} label={t('organisation.units.timeZone')}>
          <Select showSearch options={known('timeZone', unit?.timeZone)} />
        </Form.Item>
        <Form.Item name={['fields', 'currency']} label={t('organisation.units.currency')}>
          <Select showSearch options={known('currency', unit?.currency)} />
        </Form.Item>
      </div>
      {unit && !isRoot && (
        <Form.Item name={['fields', 'isActive']} valuePropName="checked">
          <Checkbox>{t('organisation.units.open')}</Checkbox>
        </Form.Item>
      )}
    </>
  );
}

/** What the platform knows of, and what is set already, should it not. */
function known(key: 'timeZone' | 'currency', current: string | undefined): { value: string; label: string }[] {
  const values = new Set([...Intl.supportedValuesOf(key), ...(current === undefined ? [] : [current])]);
  return [...values].map((value) => ({ value, label: value }));
}
