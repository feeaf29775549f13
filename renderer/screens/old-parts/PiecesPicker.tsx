import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { ONE_PIECE } from '#domain/quantity.ts';
import { quantityOf, type Lot, type Tracking } from '#domain/stock/lots.ts';
import { useText } from '#renderer/text/react.ts';
import { type LineColumn, LineTable, QuantityInput, QuantityText } from '#renderer/ui/index.ts';
import { isFigure } from '../stock/draft-lines.ts';
import { LotsDialog } from '../stock/LotsDialog.tsx';
import { LotTags } from '../stock/LotTags.tsx';
import { PartName } from '../stock/PartName.tsx';
import { ScanField } from '../stock/ScanField.tsx';

export type Pickable = Readonly<{
  key: string;
  partId: string;
  number: string;
  name: string;
  /** What a scanner may read of it, in lower case. */
  codes: readonly string[];
  measure: string;
  tracking: Tracking;
  /** Thousandths there are to pick. */
  most: number;
  detail?: ReactNode;
}>;

export type Picked = Readonly<{ quantity: number | null; lots: readonly Lot[] }>;
export type Picks = ReadonlyMap<string, Picked>;

const NOTHING: Picked = { quantity: null, lots: [] };

/** What was picked and can be sent, in the order of the rows. */
export function pickedRows(
  rows: readonly Pickable[],
  picks: Picks,
): { row: Pickable; quantity: number; lots: Lot[] }[] {
  return rows.flatMap((row) => {
    const { quantity, lots } = picks.get(row.key) ?? NOTHING;
    return isFigure(quantity) && quantity > 0 ? [{ row, quantity, lots: [...lots] }] : [];
  });
}

type Props = Readonly<{
  rows: readonly Pickable[];
  picks: Picks;
  onChange: (picks: Picks) => void;
  mostLabel: string;
  /** Where their numbers lie; null: they are new ones. */
  warehouseId: string | null;
  faultyKey: string | undefined;
}>;

/** Pieces of several parts: each scan of a part is one more, or a figure is typed. */
export function PiecesPicker({ rows, picks, onChange, mostLabel, warehouseId, faultyKey }: Props) {
  const t = useText();
  const [fault, setFault] = useState('');
  const [lotsOf, setLotsOf] = useState<Pickable>();
  const put = (key: string, picked: Picked) => onChange(new Map(picks).set(key, picked));

  function scan(code: string): void {
    const typed = code.toLowerCase();
    const fitting = rows.filter(({ codes }) => codes.includes(typed));
    const row = fitting.find(({ key, most }) => (picks.get(key)?.quantity ?? 0) + ONE_PIECE <= most);
    setFault(row ? '' : t(fitting.length === 0 ? 'oldParts.notAmong' : 'oldParts.noMore', { code }));
    if (row && row.tracking !== 'none') setLotsOf(row);
    else if (row) put(row.key, { quantity: (picks.get(row.key)?.quantity ?? 0) + ONE_PIECE, lots: [] });
  }

  const pickedOf = (key: string): Picked => picks.get(key) ?? NOTHING;
  const columns: readonly LineColumn<Pickable>[] = [
    {
      title: t('stock.columns.part'),
      render: (row) => (
        <PartName number={row.number} name={row.name}>
          {row.detail !== undefined && <div className="mw-soft">{row.detail}</div>}
          {row.tracking !== 'none' && (
            <div className="mw-lots-line">
              <LotTags lots={pickedOf(row.key).lots} tracking={row.tracking} />
              <Button type="link" size="small" onClick={() => setLotsOf(row)}>
                {t('lots.name')}
              </Button>
            </div>
          )}
        </PartName>
      ),
    },
    {
      title: mostLabel,
      isNumber: true,
      render: ({ most, measure }) => <QuantityText value={most} unit={measure} />,
    },
    {
      title: t('stock.columns.quantity'),
      isNumber: true,
      render: ({ key, number, tracking }) =>
        tracking === 'none' ? (
          <QuantityInput
            width={110}
            aria-label={`${number} ${t('stock.columns.quantity')}`}
            value={pickedOf(key).quantity}
            onChange={(quantity) => put(key, { quantity, lots: [] })}
          />
        ) : (
          <QuantityText value={pickedOf(key).quantity ?? 0} />
        ),
    },
  ];

  return (
    <>
      <ScanField label={t('oldParts.scan')} onScan={scan} />
      {fault !== '' && (
        <div className="mw-lots-fault" role="alert">
          {fault}
        </div>
      )}
      <div className="mw-pieces">
        <LineTable
          rows={rows}
          columns={columns}
          keyOf={({ key }) => key}
          isWrong={({ key, most }) => faultyKey === key || isTooMuch(pickedOf(key), most)}
        />
      </div>
      {lotsOf && (
        <LotsDialog
          part={{ ...lotsOf, id: lotsOf.partId }}
          lots={picks.get(lotsOf.key)?.lots ?? []}
          warehouseId={warehouseId}
          onDone={(lots) => {
            setLotsOf(undefined);
            put(lotsOf.key, lots.length > 0 ? { lots, quantity: quantityOf(lots) } : NOTHING);
          }}
          onClose={() => setLotsOf(undefined)}
        />
      )}
    </>
  );
}

const isTooMuch = ({ quantity }: Picked, most: number): boolean => isFigure(quantity) && quantity > most;
