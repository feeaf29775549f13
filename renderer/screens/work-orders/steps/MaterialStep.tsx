import { App, Select } from 'antd';
import { useState } from 'react';
import { CHARGES, usualCharge } from '#domain/stock/material.ts';
import { classOfCharge } from '#domain/stock/prices.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  Dialog,
  EmptyState,
  ErrorNotice,
  type LineColumn,
  Loaded,
  useAskIfUnsaved,
  useDirtyGuard,
} from '#renderer/ui/index.ts';
import { type DraftLine, isComplete, useDraftLines } from '../../stock/draft-lines.ts';
import { DraftTable } from '../../stock/DraftTable.tsx';
import { type Entered, LineEntry } from '../../stock/LineEntry.tsx';
import { faultyLineOf, usualWarehouse, WarehouseField } from '../../stock/StockForm.tsx';
import '../../stock/stock.css';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';
import { type Sheet, useSheet } from './use-sheet.ts';

/** The parts drawn for the work: saving moves stock by the difference to what was saved before. */
export function MaterialStep({ page, onClose }: StepDialogProps) {
  const sheet = useSheet(page.order.id);
  const t = useText();
  const ask = useAskIfUnsaved();
  return (
    <Dialog isOpen title={stepTitle(t, 'materials', page)} onClose={() => ask(onClose)} width={1080}>
      <Loaded query={sheet}>{(data) => <MaterialForm latest={data} onClose={onClose} />}</Loaded>
    </Dialog>
  );
}

type FormProps = Readonly<{ latest: Sheet; onClose: () => void }>;

function MaterialForm({ latest, onClose }: FormProps) {
  const [sheet] = useState(latest); // What the lines were made from; saving over somebody else's change is refused.
  const t = useText();
  const { message } = App.useApp();
  const { order, choices } = sheet;
  const { warehouses } = choices;
  const draft = useDraftLines(sheet.material.map(savedLine));
  const [warehouseId, setWarehouseId] = useState(
    () => sheet.material.at(-1)?.warehouseId ?? usualWarehouse({ warehouses }),
  );
  const operation = useOperation('jobs.saveMaterial');
  const ask = useAskIfUnsaved();
  useDirtyGuard(draft.isDirty && !operation.isSuccess);
  const warehouseName = new Map(warehouses.map(({ id, name }) => [id, name]));
  const extra: LineColumn<DraftLine>[] = [
    { title: t('stock.columns.warehouse'), render: (line) => warehouseName.get(line.warehouseId) },
    {
      title: t('stock.columns.charge'),
      render: (line, index) => (
        <Select
          size="small"
          style={{ width: 92 }}
          aria-label={`${t('common.line', { line: index + 1 })} ${t('stock.columns.charge')}`}
          value={line.charge}
          options={CHARGES.map((charge) => ({ value: charge, label: t(`workOrderCodes.charge.${charge}`) }))}
          onChange={(charge) => draft.change(line.key, { charge })}
        />
      ),
    },
  ];

  function save(): void {
    const input = { workOrderId: order.id, version: order.version, lines: draft.lines.map(lineOf) };
    operation.mutate(input, {
      onSuccess: ({ number }) => {
        void message.success(t('jobs.materialSaved', { number }));
        onClose();
      },
    });
  }

  if (warehouses.length === 0)
    return <EmptyState title={t('stock.noWarehouseTitle')} text={t('stock.noWarehouseText')} />;
  return (
    <div className="mw-stock-form">
      <div className="mw-material-entry">
        <WarehouseField
          aria-label={t('stock.warehouse')}
          warehouses={warehouses}
          value={warehouseId}
          onChange={setWarehouseId}
        />
        <LineEntry
          autoFocus
          asksPrice={false}
          warehouseId={warehouseId}
          priceLabel={t('stock.columns.price')}
          searchFor={{ workOrderId: order.id, customerClass: classOfCharge(usualCharge(order.warrantyClass)) }}
          usualPrice={(part) => part.price}
          onEnter={(line) => draft.add(newLine(line, warehouseId, usualCharge(order.warrantyClass)))}
        />
      </div>
      <DraftTable
        draft={draft}
        extra={extra}
        priceLabel={t('stock.columns.price')}
        availableLabel={t('jobs.available')}
        faultyLine={faultyLineOf(operation.error)}
        empty={t('jobs.noMaterialLines')}
      />
      <ErrorNotice error={operation.error} />
      <div className="mw-stock-foot">
        <span className="mw-soft">{t('jobs.materialHint')}</span>
        <ActionButton hotkey="Escape" onClick={() => ask(onClose)}>
          {t('common.cancel')}
        </ActionButton>
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          disabled={!draft.isDirty || !draft.lines.every(isComplete)}
          loading={operation.isPending}
          onClick={save}
        >
          {t('common.save')}
        </ActionButton>
      </div>
    </div>
  );
}

/** What a line holds already can be kept whatever is left in the warehouse. */
function savedLine(line: Sheet['material'][number]): DraftLine {
  const { id, partId, partNumber, part, measure, warehouseId, quantity, price, charge, onHand, tracking, lots } = line;
  return {
    key: id,
    savedId: id,
    part: { id: partId, number: partNumber, name: part, measure, tracking },
    warehouseId,
    quantity,
    price,
    charge,
    available: onHand + quantity,
    lots,
  };
}

function newLine(
  { part, quantity, price, onHand, reserved, lots }: Entered,
  warehouseId: string,
  charge: DraftLine['charge'],
): Omit<DraftLine, 'key'> {
  return { part, quantity, price, warehouseId, charge, available: onHand, reserved, savedId: null, lots };
}

function lineOf({ savedId, part, warehouseId, quantity, price, charge, lots = [] }: DraftLine) {
  return {
    id: savedId,
    partId: part.id ?? '',
    warehouseId,
    quantity: quantity ?? Number.NaN,
    price: price ?? Number.NaN,
    charge,
    lots: [...lots],
  };
}
