import { useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { type StockChoices, WarehouseField } from '../stock/StockForm.tsx';

type Choice = Readonly<{
  warehouses: StockChoices['warehouses'];
  /** '' while there is none. */
  warehouseId: string;
  choose: (id: string) => void;
}>;

/** Those of the unit's warehouses that are for old parts, and the one chosen. */
export function useRecoveredWarehouses(): Choice {
  const choices = useQueryOperation('stock.choices', {}, { staleTime: 30_000 });
  const warehouses = (choices.data?.warehouses ?? []).filter(({ kind }) => kind === 'recovered-parts');
  const [chosen, choose] = useState('');
  return { warehouses, warehouseId: chosen || (warehouses[0]?.id ?? ''), choose };
}

export function RecoveredWarehouseField({ warehouses, warehouseId, choose }: Choice) {
  const t = useText();
  return (
    <label>
      {t('stock.warehouse')}
      {warehouses.length === 0 ? (
        <div className="mw-negative">{t('oldParts.noWarehouse')}</div>
      ) : (
        <WarehouseField warehouses={warehouses} value={warehouseId} onChange={choose} />
      )}
    </label>
  );
}
