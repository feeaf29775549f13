import { Input, Select } from 'antd';
import { isForWork, needsRecipient, type IssueKind } from '#domain/stock/issues.ts';
import { useText } from '#renderer/text/react.ts';
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

const outletChoice = ({ id, code, name }: StockChoices['units'][number]) => ({ value: id, label: `${code} ${name}` });
const personChoice = ({ id, number, name }: StockChoices['technicians'][number]) => ({
  value: id,
  label: `${number} ${name}`,
});
