import { BarcodeOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';
import { ONE_PIECE } from '#domain/quantity.ts';
import { quantityOf, type Lot } from '#domain/stock/lots.ts';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog, ErrorNotice, QuantityInput, QuantityText, useFormat } from '#renderer/ui/index.ts';
import { type DraftPart, isFigure } from './draft-lines.ts';

type OnHand = OutputOf<'stock.lots'>['lots'];

type Props = Readonly<{
  part: DraftPart;
  lots: readonly Lot[];
  /** Where they lie; null: they are new ones. */
  warehouseId: string | null;
  onDone: (lots: readonly Lot[]) => void;
  onClose: () => void;
}>;

/** Which pieces, or what of which batch: each scan is one more piece. Enter in the empty field, or Ctrl+Enter, is all. */
export function LotsDialog({ part, lots: before, warehouseId, onDone, onClose }: Props) {
  const t = useText();
  const [lots, setLots] = useState(before);
  const [fault, setFault] = useState('');
  const place = { partId: part.id ?? '', warehouseId: warehouseId ?? '' };
  const query = useQueryOperation('stock.lots', place, { enabled: warehouseId !== null && part.id !== null });
  const onHand = warehouseId === null ? undefined : query.data?.lots;
  const isSerial = part.tracking === 'serial';

  function take(lot: string, quantity: number): void {
    const known = lots.find((one) => one.lot === lot);
    const here = onHand?.find((one) => one.lot === lot);
    // Of a number that is on the line already nothing is known to lie here any more.
    if (isSerial && known) return setFault(t('lots.twice', { lot }));
    if (onHand && !here && !before.some((one) => one.lot === lot)) return setFault(t('lots.notHere', { lot }));
    setFault('');
    setLots([...lots.filter((one) => one !== known), { lot, quantity: quantity + (known?.quantity ?? 0) }]);
  }

  return (
    <Dialog isOpen title={`${t('lots.title')} · ${part.number} ${part.name}`} onClose={onClose} width={620}>
      <div className="mw-lots">
        <Entry isSerial={isSerial} measure={part.measure} onTake={take} onEmpty={() => onDone(lots)} />
        {fault !== '' && (
          <div className="mw-lots-fault" role="alert">
            {fault}
          </div>
        )}
        <Taken lots={lots} part={part} onRemove={(lot) => setLots(lots.filter((one) => one.lot !== lot))} />
        <ErrorNotice error={query.error} />
        {onHand && (
          <Offered onHand={onHand} taken={lots} isSerial={isSerial} onTake={(lot, quantity) => take(lot, quantity)} />
        )}
        <div className="mw-form-buttons">
          <ActionButton onClick={onClose}>{t('common.cancel')}</ActionButton>
          <ActionButton type="primary" hotkey="Ctrl+Enter" onClick={() => onDone(lots)}>
            {t('lots.done')}
          </ActionButton>
        </div>
      </div>
    </Dialog>
  );
}

type EntryProps = Readonly<{
  isSerial: boolean;
  measure: string;
  onTake: (lot: string, quantity: number) => void;
  onEmpty: () => void;
}>;

function Entry({ isSerial, measure, onTake, onEmpty }: EntryProps) {
  const t = useText();
  const lotField = useRef<InputRef>(null);
  const quantityField = useRef<InputRef>(null);
  const [lot, setLot] = useState('');
  const [quantity, setQuantity] = useState<number | null>(ONE_PIECE);

  function add(): void {
    if (lot.trim() === '' || !isFigure(quantity) || quantity <= 0) return;
    onTake(lot.trim(), isSerial ? ONE_PIECE : quantity);
    setLot('');
    setQuantity(ONE_PIECE);
    lotField.current?.focus();
  }

  function press(event: KeyboardEvent, run: () => void): void {
    if (event.key !== 'Enter' || event.ctrlKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  return (
    <div className="mw-lots-entry">
      <Input
        ref={lotField}
        autoFocus
        prefix={<BarcodeOutlined />}
        aria-label={t(isSerial ? 'lots.serial' : 'lots.batch')}
        placeholder={t(isSerial ? 'lots.serial' : 'lots.batch')}
        autoComplete="off"
        maxLength={100}
        value={lot}
        onChange={(event) => setLot(event.target.value)}
        onKeyDown={(event) =>
          press(event, () => {
            if (lot.trim() === '') onEmpty();
            else if (isSerial) add();
            else quantityField.current?.focus();
          })
        }
      />
      {!isSerial && (
        <div onKeyDown={(event) => press(event, add)}>
          <QuantityInput
            ref={quantityField}
            width={120}
            unit={measure}
            aria-label={t('lots.quantity')}
            value={quantity}
            onChange={setQuantity}
          />
        </div>
      )}
      <Button disabled={lot.trim() === ''} onClick={add}>
        {t('stock.addLine')}
      </Button>
    </div>
  );
}

type TakenProps = Readonly<{ lots: readonly Lot[]; part: DraftPart; onRemove: (lot: string) => void }>;

function Taken({ lots, part, onRemove }: TakenProps) {
  const t = useText();
  const format = useFormat();
  return (
    <div className="mw-lots-taken">
      <strong>{t('lots.count', { quantity: `${format.quantity(quantityOf(lots))} ${part.measure}`.trim() })}</strong>
      <div className="mw-lots-chips">
        {lots.map(({ lot, quantity }) => (
          <button
            key={lot}
            type="button"
            className="mw-lot is-taken"
            title={t('lots.remove', { lot })}
            onClick={() => onRemove(lot)}
          >
            {lot}
            {part.tracking === 'batch' && <> × {format.quantity(quantity)}</>} ✕
          </button>
        ))}
      </div>
    </div>
  );
}

type OfferedProps = Readonly<{
  onHand: OnHand;
  taken: readonly Lot[];
  isSerial: boolean;
  onTake: (lot: string, quantity: number) => void;
}>;

/** What lies there and isn't taken yet, the oldest first. */
function Offered({ onHand, taken, isSerial, onTake }: OfferedProps) {
  const t = useText();
  const quantities = new Map(taken.map(({ lot, quantity }) => [lot, quantity]));
  const rest = onHand
    .map(({ lot, quantity }) => ({ lot, quantity: quantity - (quantities.get(lot) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
  if (rest.length === 0) return <div className="mw-soft">{t('lots.nothingElse')}</div>;
  return (
    <div>
      <div className="mw-soft">{t('lots.onHand')}</div>
      <div className="mw-lots-chips">
        {rest.slice(0, MOST).map(({ lot, quantity }) => (
          <button key={lot} type="button" className="mw-lot" onClick={() => onTake(lot, quantity)}>
            {lot}
            {!isSerial && (
              <>
                {' × '}
                <QuantityText value={quantity} />
              </>
            )}
          </button>
        ))}
      </div>
      {rest.length > MOST && <div className="mw-soft">{t('lots.more', { count: rest.length - MOST })}</div>}
    </div>
  );
}

const MOST = 60;
