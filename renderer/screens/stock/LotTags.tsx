import type { Lot, Tracking } from '#domain/stock/lots.ts';
import { QuantityText } from '#renderer/ui/index.ts';

type Props = Readonly<{ lots: readonly Lot[]; tracking: Tracking }>;

/** Serial numbers one beside the other; of a batch how much of it, too. */
export function LotTags({ lots, tracking }: Props) {
  return lots.map(({ lot, quantity }) => (
    <span key={lot} className="mw-lot">
      {lot}
      {tracking === 'batch' && (
        <>
          {' × '}
          <QuantityText value={quantity} />
        </>
      )}
    </span>
  ));
}
