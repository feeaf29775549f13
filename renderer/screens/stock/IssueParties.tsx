import { Input, Select } from 'antd';
import { isForWork, needsRecipient, type IssueKind } from '#domain/stock/issues.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { useFormat } from '#renderer/ui/index.ts';
import { WorkOrderField } from '../work-orders/WorkOrderField.tsx';
import type { StockChoices } from './StockForm.tsx';

/** Who gets what is issued: in words, or an employee or outlet of ours; and the work it is for. */
export type IssueParties = Readonly<{ recipient: string; recipientId: string | null; workOrderId: string | null }>;

export const NOBODY: IssueParties = { recipient: '', recipientId: null, workOrderId: null };

type Props = Readonly<{
  kind: IssueKind;
  choices: StockChoices;
  value: IssueParties;
  onChange: (parties: IssueParties) => void;
}>;

export function IssuePartiesFields({ kind, choices, value, onChange }: Props) {
  const t = useText();
  if (kind === 'counter-sale')
    return (
      <label>
        {t('stock.recipient')}
        <Input
          value={value.recipient}
          maxLength={100}
          onChange={(event) => onChange({ ...value, recipient: event.target.value })}
        />
      </label>
    );
  const people = kind === 'to-outlet' ? choices.units.map(outletChoice) : choices.technicians.map(personChoice);
  return (
    <>
      {isForWork(kind) && (
        <label>
          {t('issues.workOrder')}
          <WorkOrderField value={value.workOrderId} onChange={(workOrderId) => onChange({ ...value, workOrderId })} />
        </label>
      )}
      <label>
        {t(kind === 'to-outlet' ? 'issues.outlet' : 'issues.technician')}
        {needsRecipient(kind) && <span className="mw-negative"> *</span>}
        {kind === 'to-technician' && value.recipientId !== null && <DepositOf technicianId={value.recipientId} />}
        <Select
          allowClear={!needsRecipient(kind)}
          value={value.recipientId}
          options={people}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(recipientId: string | undefined) => onChange({ ...value, recipientId: recipientId ?? null })}
        />
      </label>
    </>
  );
}

/** What is free of a technician's deposit, for whoever may see it; nothing where he has none. */
function DepositOf({ technicianId }: Readonly<{ technicianId: string }>) {
  const t = useText();
  const format = useFormat();
  const isSeen = useMay()('deposit.view');
  const filters = [{ column: 'technicianId', op: 'equals' as const, value: technicianId }];
  const [deposit] = useQueryOperation('deposits.list', { filters, limit: 1 }, { enabled: isSeen }).data?.rows ?? [];
  if (!deposit) return null;
  const { held, blocked, free } = deposit;
  const figures = { held: format.money(held), blocked: format.money(blocked), free: format.money(free) };
  return (
    <span className={free < 0 ? 'mw-negative' : 'mw-soft'} title={t('deposits.allOf', figures)}>
      {' '}
      {t('deposits.freeOf', { free: figures.free })}
    </span>
  );
}

const outletChoice = ({ id, code, name }: StockChoices['units'][number]) => ({ value: id, label: `${code} ${name}` });
const personChoice = ({ id, number, name }: StockChoices['technicians'][number]) => ({
  value: id,
  label: `${number} ${name}`,
});
