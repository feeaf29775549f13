import { Checkbox, Form, Input, Radio } from 'antd';
import { COUNT_SCOPES, type CountScope } from '#domain/stock/count.ts';
import { useOperation } from '#renderer/api/hooks.ts';
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
  const isClass = Form.useWatch('scopeKind', form) === 'class';
  const isEach = Form.useWatch('isEach', form) ?? true;

  function start({ isEach: isEachRecounted, thresholdShareBp, thresholdValue, scopeText = '', ...values }: Values) {
    const threshold = isEachRecounted
      ? { thresholdShareBp: 0 }
      : { thresholdShareBp: thresholdShareBp ?? null, thresholdValue: thresholdValue ?? null };
    const scope = values.scopeKind === 'class' ? { scopeText } : {};
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
        <FormWarehouse choices={choices} />
      </Form.Item>
      <Form.Item name="scopeKind" label={t('counts.scope')}>
        <Radio.Group options={COUNT_SCOPES.map((value) => ({ value, label: t(`counts.scopes.${value}`) }))} />
      </Form.Item>
      {isClass && (
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

type FieldProps = Readonly<{ choices: StockChoices; value?: string; onChange?: (id: string) => void }>;

/** A form item gives value and change to its child. */
function FormWarehouse({ choices, value = '', onChange = () => undefined }: FieldProps) {
  return <WarehouseField warehouses={choices.warehouses} value={value} onChange={onChange} />;
}
