import { App, Form, Input, InputNumber, Segmented, Select } from 'antd';
import { CONTRACT_EVENT_KINDS, type ContractEventKind, type ContractState } from '#domain/organisation/contracts.ts';
import type { InputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateField, Dialog, EntryForm, MoneyInput, useToday } from '#renderer/ui/index.ts';
import type { ContractSheet } from './ContractPage.tsx';

type EventInput = InputOf<'organisation.addContractEvent'>;
type Values = Omit<EventInput, 'contractId' | 'version'>;

type Props = Readonly<{ sheet: ContractSheet; onClose: () => void }>;

/** What happened under a contract, written down once and for good. */
export function EventDialog({ sheet, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const today = useToday();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('organisation.addContractEvent');
  const { contract, installers } = sheet;

  function save(values: Values): void {
    const { points, amount, installerId, ...event } = values;
    const figures = { points: points ?? 0, amount: amount ?? 0, installerId: installerId ?? null };
    operation.mutate(
      { ...event, ...figures, contractId: contract.id, version: contract.version },
      {
        onSuccess: () => {
          void message.success(t('common.saved'));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog isOpen width={620} title={t('organisation.events.addTitle', { name: contract.provider })} onClose={onClose}>
      <EntryForm
        form={form}
        initialValues={{ kind: 'reward', happenedOn: today, reason: '', evidence: '' }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
      >
        <EventFields installers={installers} state={contract.state} />
      </EntryForm>
    </Dialog>
  );
}

type FieldsProps = Readonly<{ installers: ContractSheet['installers']; state: ContractState }>;

function EventFields({ installers, state }: FieldsProps) {
  const t = useText();
  const form = Form.useFormInstance<Values>();
  const kind = Form.useWatch('kind', form) ?? 'reward';
  const installerId = Form.useWatch('installerId', form) ?? null;
  const standing = installers.find(({ id }) => id === installerId)?.state ?? state;
  const kinds = CONTRACT_EVENT_KINDS.map((value) => ({
    value,
    label: t(`organisation.eventKinds.${value}`),
    disabled: !isPossible(value, standing),
  }));
  return (
    <>
      <Form.Item
        name="kind"
        label={t('organisation.events.kind')}
        extra={<Effect kind={kind} isOfInstaller={installerId !== null} />}
      >
        <Segmented options={kinds} />
      </Form.Item>
      <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
        <Form.Item name="installerId" label={t('organisation.events.concerns')}>
          <Select
            allowClear
            placeholder={t('organisation.events.theProvider')}
            showSearch={{ optionFilterProp: 'label' }}
            options={installers.map(({ id, number, name }) => ({ value: id, label: `${name} ${number}` }))}
          />
        </Form.Item>
        <Form.Item name="happenedOn" label={t('organisation.events.happenedOn')}>
          <DateField />
        </Form.Item>
        {kind !== 'reinstatement' && (
          <>
            <Form.Item name="points" label={t('organisation.events.points')}>
              <InputNumber min={0} max={1000} precision={0} style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name="amount" label={t('organisation.events.amount')}>
              <MoneyInput />
            </Form.Item>
          </>
        )}
        <Form.Item name="reason" label={t('fields.reason')} className="is-wide">
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
        <Form.Item name="evidence" label={t('fields.evidence')} className="is-wide">
          <Input.TextArea
            maxLength={1000}
            autoSize={{ minRows: 2, maxRows: 5 }}
            placeholder={t('organisation.events.evidenceHint')}
          />
        </Form.Item>
      </div>
    </>
  );
}

/** The service decides; this only keeps from offering what it would refuse. */
function isPossible(kind: ContractEventKind, state: ContractState): boolean {
  if (kind === 'suspension') return state === 'active';
  if (kind === 'elimination') return state !== 'ended';
  return kind !== 'reinstatement' || state !== 'active';
}

function Effect({ kind, isOfInstaller }: Readonly<{ kind: ContractEventKind; isOfInstaller: boolean }>) {
  const t = useText();
  if (kind === 'reward' || kind === 'penalty') return t(`organisation.effects.${kind}`);
  return isOfInstaller ? t('organisation.effects.installer') : t(`organisation.effects.${kind}`);
}
