import { App, Input, Select } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog, EmptyState, ErrorNotice, Loaded, useFormat } from '#renderer/ui/index.ts';
import { IssueSlipDialog } from '../stock/IssueSlipDialog.tsx';
import { faultyLineOf } from '../stock/StockForm.tsx';
import { type Pickable, pickedRows, PiecesPicker, type Picks } from './PiecesPicker.tsx';
import { RecoveredWarehouseField, useRecoveredWarehouses } from './RecoveredWarehouse.tsx';

type Debtor = OutputOf<'oldParts.debtors'>['debtors'][number];
type Owed = OutputOf<'oldParts.list'>['rows'];

const NOBODY: Picks = new Map();
const keyOf = ({ employeeId, unitId }: Debtor): string => employeeId ?? unitId;

/** Somebody brings what he owes: choose him, scan the parts, and print what he signs. */
export function TakeBackDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useText();
  const debtors = useQueryOperation('oldParts.debtors', {});
  const [slipId, setSlipId] = useState<string>();
  if (slipId !== undefined) return <IssueSlipDialog id={slipId} onClose={onClose} />;
  return (
    <Dialog isOpen title={t('oldParts.takeBack')} onClose={onClose} width={720}>
      <Loaded query={debtors}>
        {(data) =>
          data.debtors.length === 0 ? (
            <EmptyState text={t('oldParts.empty')} />
          ) : (
            <Form debtors={data.debtors} onClose={onClose} onSaved={setSlipId} />
          )
        }
      </Loaded>
    </Dialog>
  );
}

type FormProps = Readonly<{ debtors: readonly Debtor[]; onClose: () => void; onSaved: (id: string) => void }>;

function Form({ debtors, onClose, onSaved }: FormProps) {
  const t = useText();
  const { message } = App.useApp();
  const warehouses = useRecoveredWarehouses();
  const [debtor, setDebtor] = useState(debtors.length === 1 ? debtors[0] : undefined);
  const [picks, setPicks] = useState(NOBODY);
  const [note, setNote] = useState('');
  const operation = useOperation('oldParts.receive');
  const rows = useOwedParts(debtor);
  const picked = pickedRows(rows, picks);
  const faultyLine = faultyLineOf(operation.error);
  const { warehouseId } = warehouses;

  function save(): void {
    const lines = picked.map(({ row, quantity, lots }) => ({ partId: row.partId, quantity, lots }));
    const who = {
      employeeId: debtor?.employeeId ?? null,
      unitId: debtor?.employeeId ? null : (debtor?.unitId ?? null),
    };
    operation.mutate(
      { warehouseId, ...who, lines, note },
      {
        onSuccess: ({ id, number }) => {
          void message.success(t('oldParts.takenBack', { number }));
          onSaved(id);
        },
      },
    );
  }

  return (
    <div className="mw-stock-form">
      <div className="mw-pieces-head">
        <label>
          {t('oldParts.columns.debtor')}
          <Select
            autoFocus={debtor === undefined}
            value={debtor ? keyOf(debtor) : null}
            showSearch={{ optionFilterProp: 'label' }}
            options={debtors.map((one) => ({ value: keyOf(one), label: `${one.number ?? ''} ${one.name}`.trim() }))}
            onChange={(key: string) => {
              setDebtor(debtors.find((one) => keyOf(one) === key));
              setPicks(NOBODY);
            }}
          />
        </label>
        <RecoveredWarehouseField {...warehouses} />
        <label>
          {t('stock.note')}
          <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </label>
      </div>
      {debtor && (
        <PiecesPicker
          rows={rows}
          picks={picks}
          onChange={setPicks}
          mostLabel={t('oldParts.columns.open')}
          warehouseId={null}
          faultyKey={faultyLine === undefined ? undefined : picked[faultyLine - 1]?.row.key}
        />
      )}
      <ErrorNotice error={operation.error} />
      <div className="mw-form-buttons">
        <ActionButton onClick={onClose}>{t('common.cancel')}</ActionButton>
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          disabled={picked.length === 0 || warehouseId === ''}
          loading={operation.isPending}
          onClick={save}
        >
          {t('oldParts.takeBack')}
        </ActionButton>
      </div>
    </div>
  );
}

/** What somebody owes, part by part, with the day on which the first is due. */
function useOwedParts(debtor: Debtor | undefined): readonly Pickable[] {
  const t = useText();
  const format = useFormat();
  const of = debtor?.employeeId ? { employeeId: debtor.employeeId } : { unitId: debtor?.unitId ?? null };
  const query = useQueryOperation('oldParts.list', { ...of, limit: 500 }, { enabled: debtor !== undefined });
  const owed: Owed = debtor === undefined ? [] : (query.data?.rows ?? []);
  return [...Map.groupBy(owed, ({ partId }) => partId)].flatMap(([partId, debts]) => {
    const [first] = debts;
    if (!first) return [];
    const { partNumber: number, part: name, codes, measure, tracking, dueOn } = first;
    const most = debts.reduce((sum, { open }) => sum + open, 0);
    const detail = t('oldParts.firstDue', { date: format.date(dueOn) });
    return [{ key: partId, partId, number, name, codes, measure, tracking, most, detail }];
  });
}
