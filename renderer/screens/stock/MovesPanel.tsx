import { type ReactNode, useMemo } from 'react';
import { halfUp } from '#domain/money.ts';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  DataGrid,
  type Fact,
  Facts,
  type GridColumn,
  Loaded,
  MoneyText,
  QuantityText,
  type RowOf,
} from '#renderer/ui/index.ts';
import { kindText } from './kinds.ts';

type Props = Readonly<{
  partId: string;
  warehouseId: string;
  /** Of a move: what it cost is explained, by what was there before it. */
  upTo?: number;
  /** A move was chosen, to see its document. */
  onOpen?: (move: Row) => void;
  /** Between the figures and the moves. */
  children?: (balance: Sheet) => ReactNode;
}>;
type Row = RowOf<'stock.moves'>;

/** The moves behind a figure: each with its document, what it moved and what was left after it. */
export function MovesPanel({ partId, warehouseId, upTo, onOpen, children }: Props) {
  const t = useText();
  const input = useMemo(() => ({ partId, warehouseId, upTo: upTo ?? null }), [partId, warehouseId, upTo]);
  const query = useQueryOperation('stock.moves', { ...input, limit: 1 });
  const plain = { isFilterable: false, isSortable: false } as const;
  const columns: readonly GridColumn<Row>[] = [
    { key: 'moveNo', title: t('stock.columns.moveNo'), type: 'count', width: 50, ...plain },
    { key: 'movedOn', title: t('stock.columns.movedOn'), type: 'date', width: 98, ...plain },
    { key: 'documentNumber', title: t('stock.columns.number'), type: 'code', width: 174, ...plain },
    { key: 'kind', title: t('stock.columns.kind'), width: 92, ...plain, render: (row) => kindText(t, row) },
    {
      key: 'partner',
      title: t('stock.columns.partner'),
      ...plain,
      width: 164,
      grows: true,
      render: (row) => row.workOrder ?? row.partner,
    },
    { key: 'quantity', title: t('stock.columns.quantity'), type: 'quantity', ...plain, render: quantityOf },
    { key: 'value', title: t('stock.columns.cost'), type: 'money', ...plain },
    { key: 'quantityAfter', title: t('stock.columns.quantityAfter'), type: 'quantity', width: 108, ...plain },
    { key: 'valueAfter', title: t('stock.columns.valueAfter'), type: 'money', ...plain },
  ];
  return (
    <Loaded query={query}>
      {(balance) => (
        <div className="mw-drawer-grid">
          <Facts
            columns={2}
            labelWidth={96}
            facts={[
              { label: t('stock.columns.part'), value: `${balance.partNumber} ${balance.part}` },
              { label: t('stock.columns.warehouse'), value: balance.warehouse },
              ...(upTo === undefined ? onHandFacts(t, balance) : momentFacts(t, balance.rows[0])),
            ]}
          />
          {children?.(balance)}
          <div className="mw-soft">{t(upTo === undefined ? 'stock.explainText' : 'stock.explainMoveText')}</div>
          <DataGrid
            operation="stock.moves"
            id={`stock.moves ${partId} ${warehouseId} ${upTo}`}
            input={input}
            columns={columns}
            rowKey="moveNo"
            hasFilters={false}
            {...(onOpen ? { onOpen } : {})}
          />
        </div>
      )}
    </Loaded>
  );
}

type Sheet = OutputOf<'stock.moves'>;

const onHandFacts = (t: Translate, { quantity, value, measure }: Sheet): Fact[] => [
  { label: t('stock.columns.onHand'), value: <Strong quantity={quantity} measure={measure} /> },
  { label: t('stock.columns.value'), value: <MoneyText value={value} /> },
];

/** What was there when a move came, and what it was worth: what leaves takes its part of it. */
function momentFacts(t: Translate, move: Row | undefined): Fact[] {
  if (!move) return [];
  const [quantity, value] = [move.quantityAfter - move.quantity, move.valueAfter - move.value];
  const average = quantity > 0 ? halfUp(value, 1000, quantity) : null;
  return [
    { label: t('stock.before'), value: <Strong quantity={quantity} measure="" /> },
    { label: t('stock.columns.value'), value: <MoneyText value={value} /> },
    { label: t('stock.columns.averageCost'), value: <MoneyText value={average} /> },
    { label: t('stock.columns.cost'), value: <MoneyText value={move.value} /> },
  ];
}

function Strong({ quantity, measure }: Readonly<{ quantity: number; measure: string }>) {
  return (
    <strong>
      <QuantityText value={quantity} /> {measure}
    </strong>
  );
}

const quantityOf = ({ quantity }: Row) => (
  <span className={quantity < 0 ? 'mw-negative' : ''}>
    <QuantityText value={quantity} />
  </span>
);
