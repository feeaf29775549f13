import { App, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog, EmptyState, ErrorNotice, Loaded } from '#renderer/ui/index.ts';
import { IssueSlipDialog } from '../stock/IssueSlipDialog.tsx';
import { faultyLineOf } from '../stock/StockForm.tsx';
import { type Pickable, pickedRows, PiecesPicker, type Picks } from './PiecesPicker.tsx';
import { RecoveredWarehouseField, useRecoveredWarehouses } from './RecoveredWarehouse.tsx';

type How = 'scrap' | 'to-maker';

/** Accepted old parts leave: they are scrapped, or sent to the maker. */
export function DisposeDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useText();
  const held = useQueryOperation('oldParts.list', { view: 'held', limit: 500 });
  const [slipId, setSlipId] = useState<string>();
  if (slipId !== undefined) return <IssueSlipDialog id={slipId} onClose={onClose} />;
  return (
    <Dialog isOpen title={t('oldParts.dispose')} onClose={onClose} width={760}>
      <Loaded query={held}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState text={t('oldParts.nothingHeld')} />
          ) : (
            <Form
              rows={rows.map((row) => ({
                ...row,
                key: row.id,
                number: row.partNumber,
                name: row.part,
                most: row.held,
                detail: `${row.number} · ${row.debtor}`,
              }))}
              onClose={onClose}
              onSaved={setSlipId}
            />
          )
        }
      </Loaded>
    </Dialog>
  );
}

type FormProps = Readonly<{ rows: readonly Pickable[]; onClose: () => void; onSaved: (id: string) => void }>;

function Form({ rows, onClose, onSaved }: FormProps) {
  const t = useText();
  const { message } = App.useApp();
  const warehouses = useRecoveredWarehouses();
  const [how, setHow] = useState<How>('scrap');
  const [recipient, setRecipient] = useState('');
  const [picks, setPicks] = useState<Picks>(new Map());
  const operation = useOperation('oldParts.dispose');
  const picked = pickedRows(rows, picks);
  const faultyLine = faultyLineOf(operation.error);
  const { warehouseId } = warehouses;

  function save(): void {
    const lines = picked.map(({ row, quantity, lots }) => ({ id: row.key, quantity, lots }));
    operation.mutate(
      { how, warehouseId, recipient, lines },
      {
        onSuccess: ({ id, number }) => {
          void message.success(t('stock.savedAs', { number }));
          onSaved(id);
        },
      },
    );
  }

  return (
    <div className="mw-stock-form">
      <div className="mw-pieces-head">
        <label>
          {t('oldParts.how')}
          <div>
            <Segmented<How>
              value={how}
              options={(['scrap', 'to-maker'] as const).map((value) => ({
                value,
                label: t(`oldParts.hows.${value}`),
              }))}
              onChange={setHow}
            />
          </div>
        </label>
        <RecoveredWarehouseField {...warehouses} />
        <label>
          {t(how === 'scrap' ? 'oldParts.scrapRecipient' : 'oldParts.maker')}
          <Input value={recipient} maxLength={100} onChange={(event) => setRecipient(event.target.value)} />
        </label>
      </div>
      <PiecesPicker
        rows={rows}
        picks={picks}
        onChange={setPicks}
        mostLabel={t('oldParts.columns.held')}
        warehouseId={warehouseId}
        faultyKey={faultyLine === undefined ? undefined : picked[faultyLine - 1]?.row.key}
      />
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
          {t('oldParts.disposeSave')}
        </ActionButton>
      </div>
    </div>
  );
}
