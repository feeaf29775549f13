import { App, Form, Input, Select } from 'antd';
import type { InputOf, OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateField, Dialog, EntryForm, useToday } from '#renderer/ui/index.ts';
import { kindOptions } from '../work-orders/codes.ts';

type Contract = OutputOf<'organisation.contract'>['contract'];
type Fields = InputOf<'organisation.saveContract'>['fields'];
type Values = Readonly<{ fields: Fields }>;
type NewValues = Readonly<{ fields: Partial<Fields> }>;

type Props = Readonly<{
  /** Null: a new one. */
  contract: Contract | null;
  onClose: () => void;
  onSaved?: (contractId: string) => void;
}>;

/** What was agreed with a provider: which outlet it runs, where it works, what it takes on, from when to when. */
export function ContractDialog({ contract, onClose, onSaved }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const today = useToday();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('organisation.saveContract');

  function save({ fields }: Values): void {
    const existing = contract && { id: contract.id, version: contract.version };
    operation.mutate(
      { existing, fields: { ...fields, toOn: fields.toOn ?? null } },
      {
        onSuccess: ({ id }) => {
          void message.success(t('setup.saved', { name: fields.number }));
          onClose();
          onSaved?.(id);
        },
      },
    );
  }

  return (
    <Dialog
      isOpen
      width={720}
      title={contract ? t('setup.editTitle', { name: contract.number }) : t('organisation.contracts.add')}
      onClose={onClose}
    >
      <EntryForm
        form={form}
        initialValues={(contract ? { fields: fieldsOf(contract) } : newValues(today)) as Values}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
      >
        <ContractFields unitId={contract?.unitId} />
      </EntryForm>
    </Dialog>
  );
}

function newValues(today: string): NewValues {
  const nothing = { number: '', provider: '', contact: '', phone: '', note: '' };
  return { fields: { ...nothing, areas: [], kinds: ['installation', 'repair'], fromOn: today, toOn: null } };
}

function fieldsOf(contract: Contract): Fields {
  const { unitId, number, provider, contact, phone, areas, kinds, fromOn, toOn, note } = contract;
  return { unitId, number, provider, contact, phone, areas: [...areas], kinds: [...kinds], fromOn, toOn, note };
}

function ContractFields({ unitId }: Readonly<{ unitId: string | undefined }>) {
  const t = useText();
  const query = useQueryOperation('organisation.units', {}, { staleTime: 60_000 });
  const outlets = (query.data?.units ?? []).filter(
    (unit) => unit.id === unitId || (unit.kind === 'outlet' && unit.isActive),
  );
  return (
    <div className="mw-fields" style={{ '--mw-columns': 3 } as React.CSSProperties}>
      <Form.Item name={['fields', 'number']} label={t('organisation.contracts.number')}>
        <Input autoFocus maxLength={50} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['fields', 'provider']} label={t('organisation.contracts.provider')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['fields', 'unitId']} label={t('organisation.contracts.unit')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={outlets.map(({ id, code, name }) => ({ value: id, label: `${name} ${code}` }))}
        />
      </Form.Item>
      <Form.Item name={['fields', 'contact']} label={t('organisation.contracts.contact')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['fields', 'phone']} label={t('setup.columns.phone')}>
        <Input maxLength={30} autoComplete="off" inputMode="tel" />
      </Form.Item>
      <span />
      <Form.Item
        name={['fields', 'areas']}
        label={t('organisation.contracts.areas')}
        extra={t('organisation.contracts.areasHint')}
        className="is-wide"
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', '、', ';', '；']} />
      </Form.Item>
      <Form.Item name={['fields', 'kinds']} label={t('organisation.contracts.kinds')} className="is-wide">
        <Select mode="multiple" options={kindOptions(t)} />
      </Form.Item>
      <Form.Item name={['fields', 'fromOn']} label={t('organisation.contracts.fromOn')}>
        <DateField />
      </Form.Item>
      <Form.Item name={['fields', 'toOn']} label={t('organisation.contracts.toOn')}>
        <DateField placeholder={t('organisation.contracts.openEnd')} />
      </Form.Item>
      <span />
      <Form.Item name={['fields', 'note']} label={t('fields.note')} className="is-wide">
        <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </div>
  );
}
