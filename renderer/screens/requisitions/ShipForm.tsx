import { App, Input, Select } from 'antd';
import { useState } from 'react';
import { ONE_PIECE } from '#domain/quantity.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  ErrorNotice,
  type LineColumn,
  LineTable,
  Loaded,
  QuantityInput,
  QuantityText,
  Section,
  useDirtyGuard,
} from '#renderer/ui/index.ts';
import { isFigure } from '../stock/draft-lines.ts';
import { lotsOf } from '../stock/lots-typed.ts';
import { PartName } from '../stock/PartName.tsx';
import { PartPicker } from '../stock/PartPicker.tsx';
import { faultyLineOf } from '../stock/StockForm.tsx';
import type { Line, Requisition } from './GrantForm.tsx';

type Warehouse = OutputOf<'transfers.warehouses'>['warehouses'][number];
type Props = Readonly<{ sheet: Requisition; onDone: (transferId: string) => void; onClose: () => void }>;

/** What was approved leaves: all that is left of it, or as much as is scanned. */
export function ShipForm(props: Props) {
  const query = useQueryOperation('transfers.warehouses', {}, { staleTime: 30_000 });
  return (
    <Loaded query={query}>
      {({ warehouses }) => <Fields {...props} warehouses={warehouses.filter(({ isOwn }) => isOwn)} />}
    </Loaded>
  );
}

function Fields({ sheet, warehouses, onDone, onClose }: Props & Readonly<{ warehouses: readonly Warehouse[] }>) {
  const t = useText();
  const { message } = App.useApp();
  const [fromWarehouseId, setFrom] = useState((warehouses.find(({ kind }) => kind === 'parts') ?? warehouses[0])?.id);
  const [quantities, setQuantities] = useState<readonly (number | null)[]>(() =>
    sheet.lines.map(({ rest }) => rest.quantity),
  );
  const [lots, setLots] = useState<Readonly<Record<number, string>>>({});
  const [isScanned, setScanned] = useState(false);
  const operation = useOperation('requisitions.ship');
  useDirtyGuard(isScanned && !operation.isSuccess);
  const numbersOf = (index: number, quantity: number) =>
    lotsOf(sheet.lines[index]?.tracking ?? 'none', lots[index] ?? '', quantity);
  const lines = quantities.flatMap((quantity, index) =>
    quantity ? [{ line: index + 1, quantity, lots: numbersOf(index, quantity) }] : [],
  );
  const hasLots = sheet.lines.some(({ tracking }) => tracking !== 'none');
  const isReady =
    fromWarehouseId !== undefined && lines.length > 0 && lines.every(({ quantity }) => isFigure(quantity));

  const change = (at: number, quantity: number | null) =>
    setQuantities((before) => before.map((one, index) => (index === at ? quantity : one)));

  /** The first piece that is scanned begins the count: until then everything is taken for shipped. */
  function scan(partId: string, number: string): void {
    const at = sheet.lines.findIndex((line, index) => {
      const counted = isScanned ? (quantities[index] ?? 0) : 0;
      return line.partId === partId && counted < line.rest.quantity;
    });
    if (at === -1) return void message.warning(t('requisitions.notWanted', { number }));
    setQuantities((before) =>
      before.map((one, index) => (isScanned ? (one ?? 0) : 0) + (index === at ? ONE_PIECE : 0)),
    );
    setScanned(true);
  }

  function ship(): void {
    const onSuccess = ({ id, number }: OutputOf<'requisitions.ship'>) => {
      void message.success(t('requisitions.shipped', { number }));
      onDone(id);
    };
    operation.mutate({ id: sheet.id, fromWarehouseId: fromWarehouseId ?? '', lines }, { onSuccess });
  }

  const labelled = (index: number, column: string) => `${t('common.line', { line: index + 1 })} ${column}`;
  const columns: LineColumn<Line>[] = [
    { title: t('stock.columns.part'), render: ({ number, name }) => <PartName number={number} name={name} /> },
    {
      title: t('requisitions.stockHere'),
      isNumber: true,
      render: ({ stockHere }) => <QuantityText value={stockHere} />,
    },
    {
      title: t('requisitions.rest'),
      isNumber: true,
      render: ({ rest, measure }) => <QuantityText value={rest.quantity} unit={measure} />,
    },
    {
      title: t('requisitions.toShip'),
      isNumber: true,
      render: ({ rest }, index) => (
        <QuantityInput
          width={104}
          disabled={rest.quantity === 0}
          aria-label={labelled(index, t('requisitions.toShip'))}
          value={quantities[index] ?? null}
          onChange={(quantity) => change(index, quantity)}
        />
      ),
    },
  ];
  if (hasLots)
    columns.push({
      title: t('transfers.lots'),
      render: ({ tracking }, index) =>
        tracking !== 'none' && (
          <Input
            aria-label={labelled(index, t('transfers.lots'))}
            value={lots[index] ?? ''}
            onChange={(event) => setLots((before) => ({ ...before, [index]: event.target.value }))}
          />
        ),
    });

  return (
    <Section title={t('requisitions.shipTitle')}>
      <div className="mw-requisition-scan">
        <Select
          aria-label={t('transfers.fromWarehouse')}
          value={fromWarehouseId ?? null}
          options={warehouses.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
          onChange={setFrom}
        />
        <PartPicker
          autoFocus
          warehouseId={fromWarehouseId ?? null}
          chosen={null}
          onChoose={({ id, number }) => scan(id, number)}
          onForget={() => undefined}
        />
      </div>
      <LineTable
        rows={sheet.lines}
        columns={columns}
        keyOf={(_, index) => index}
        lineNoOf={(_, index) => index + 1}
        isWrong={(_, index) => faultyLineOf(operation.error) === index + 1}
      />
      <ErrorNotice error={operation.error} />
      <div className="mw-requisition-foot">
        <span className="mw-soft">{t('requisitions.shipHint')}</span>
        <ActionButton onClick={onClose}>{t('common.cancel')}</ActionButton>
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          disabled={!isReady}
          loading={operation.isPending}
          onClick={ship}
        >
          {t('transfers.ship')}
        </ActionButton>
      </div>
    </Section>
  );
}
