import { Checkbox, Form, Input, Radio, Select } from 'antd';
import { COUNT_SCOPES, type CountScope } from '#domain/stock/count.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, MoneyInput, PercentInput } from '#renderer/ui/index.ts';
import { type StockChoices, usualWarehouse, WarehouseField, WithWarehouses } from '../stock/StockForm.tsx';

type Values = Readonly<{
  warehouseId: string;
  scopeKind: CountScope;
  scopeText?: string;
  isEach: boolean;
  thresholdShareBp?: number | null;
  thresholdValue?: number | null;
  note?: string;
}>;

type Props = Readonly<{ onStarted: (id: string) => void; onClose: () => void }>;

/** What is counted, and above which difference it is counted again. */
export function StartDialog(props: Props) {
  const t = useText();
  return (
    <Dialog isOpen title={t('counts.start')} onClose={props.onClose} width={520}>
      <WithWarehouses>{(choices) => <StartForm {...props} choices={choices} />}</WithWarehouses>
    </Dialog>
  );
}

function StartForm({ choices, onStarted, onClose }: Props & Readonly<{ choices: StockChoices }>) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('stockCounts.start');
  const scopeKind = Form.useWatch('scopeKind', form);
  const warehouseId = Form.useWatch('warehouseId', form) ?? '';
  const isEach = Form.useWatch('isEach', form) ?? true;

  function start({ isEach: isEachRecounted, thresholdShareBp, thresholdValue, scopeText = '', ...values }: Values) {
    const threshold = isEachRecounted
      ? { thresholdShareBp: 0 }
      : { thresholdShareBp: thresholdShareBp ?? null, thresholdValue: thresholdValue ?? null };
    const scope = values.scopeKind === 'warehouse' ? {} : { scopeText };
    operation.mutate({ ...values, ...scope, ...threshold }, { onSuccess: ({ id }) => onStarted(id) });
  }

  return (
    <EntryForm<Values>
      form={form}
      initialValues={{ warehouseId: usualWarehouse(choices), scopeKind: 'warehouse', isEach: true }}
      error={operation.error}
      isPending={operation.isPending}
      submitText={t('counts.start')}
      onCancel={onClose}
      onSubmit={start}
    >
      <Form.Item name="warehouseId" label={t('stock.warehouse')}>
        <FormWarehouse choices={choices} onPick={() => form.setFieldValue('scopeText', undefined)} />
      </Form.Item>
      <Form.Item name="scopeKind" label={t('counts.scope')}>
        <Radio.Group
          options={COUNT_SCOPES.map((value) => ({ value, label: t(`counts.scopes.${value}`) }))}
          onChange={() => form.setFieldValue('scopeText', undefined)}
        />
      </Form.Item>
      {scopeKind === 'bin' && (
        <Form.Item name="scopeText" label={t('fields.bin')}>
          <BinField warehouseId={warehouseId} />
        </Form.Item>
      )}
      {scopeKind === 'class' && (
        <Form.Item name="scopeText" label={t('counts.classText')}>
          <Input autoFocus maxLength={100} autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="isEach" valuePropName="checked" style={{ marginBottom: 4 }}>
        <Checkbox>{t('counts.recountEach')}</Checkbox>
      </Form.Item>
      {!isEach && (
        <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
          <Form.Item name="thresholdShareBp" label={t('counts.thresholdShare')}>
            <PercentInput />
          </Form.Item>
          <Form.Item name="thresholdValue" label={t('counts.thresholdValue')}>
            <MoneyInput />
          </Form.Item>
        </div>
      )}
      <Form.Item name="note" label={t('stock.note')}>
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
    </EntryForm>
  );
}

/** A form item gives value and change to its child. */
type FieldProps = Readonly<{ value?: string; onChange?: (value: string) => void }>;
type WarehouseProps = FieldProps & Readonly<{ choices: StockChoices; onPick: () => void }>;

function FormWarehouse({ choices, value = '', onChange, onPick }: WarehouseProps) {
  const change = (id: string) => {
    onChange?.(id);
    onPick();
  };
  return <WarehouseField warehouses={choices.warehouses} value={value} onChange={change} />;
}

/** One of the warehouse's bins. */
function BinField({ warehouseId, ...field }: FieldProps & Readonly<{ warehouseId: string }>) {
  const t = useText();
  const { data, isPending } = useQueryOperation('stock.bins', { warehouseId });
  const options = (data?.bins ?? []).map(({ bin, parts }) => ({
    value: bin,
    label: `${bin} · ${t('counts.binParts', { count: parts })}`,
  }));
  return (
    <Select
      {...field}
      autoFocus
      showSearch={{ optionFilterProp: 'label' }}
      loading={isPending}
      options={options}
      notFoundContent={isPending ? null : t('counts.noBins')}
    />
  );
}
