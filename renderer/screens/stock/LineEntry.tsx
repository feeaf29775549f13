import { PlusOutlined } from '@ant-design/icons';
import { Button, type InputRef } from 'antd';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { ONE_PIECE } from '#domain/quantity.ts';
import { useText } from '#renderer/text/react.ts';
import { MoneyInput, QuantityInput, useFormat } from '#renderer/ui/index.ts';
import { type DraftPart, isFigure, type NewPart, type PartFound } from './draft-lines.ts';
import { NewPartDialog } from './NewPartDialog.tsx';
import { PartPicker, type SearchFor } from './PartPicker.tsx';

export type Entered = Readonly<{
  part: DraftPart;
  quantity: number;
  price: number;
  onHand: number;
  /** Of that, kept back for others. */
  reserved: number;
}>;

type Props = Readonly<{
  warehouseId: string;
  /** Whose prices count, and which order may take what is reserved for it. */
  searchFor?: SearchFor;
  /** What one costs or is sold for, unless somebody types another price. */
  usualPrice: (part: PartFound) => number;
  /** Enter after the quantity goes to the price; otherwise the line is done. */
  asksPrice: boolean;
  /** Without it nobody asks what one costs. */
  priceLabel?: string;
  mayBeNew?: boolean;
  autoFocus?: boolean;
  onEnter: (line: Entered) => void;
}>;

type Chosen = Readonly<{ part: DraftPart; onHand: number; reserved: number }>;

const NONE_THERE = { onHand: 0, reserved: 0 };

/** The row in which a line comes about without the mouse: part, Enter, quantity, Enter, (price, Enter,) next part. */
export function LineEntry(props: Props) {
  const {
    warehouseId,
    searchFor,
    usualPrice,
    asksPrice,
    priceLabel,
    mayBeNew = false,
    autoFocus = false,
    onEnter,
  } = props;
  const t = useText();
  const picker = useRef<InputRef>(null);
  const quantityField = useRef<InputRef>(null);
  const priceField = useRef<InputRef>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [quantity, setQuantity] = useState<number | null>(ONE_PIECE);
  const [price, setPrice] = useState<number | null>(null);
  const [newFragment, setNewFragment] = useState<string>();
  const isReady = chosen !== null && isFigure(quantity) && quantity > 0 && isFigure(price);

  function choose(part: DraftPart, there: Omit<Chosen, 'part'>, itsPrice: number): void {
    setChosen({ part, onHand: there.onHand, reserved: there.reserved });
    setPrice(itsPrice);
    setQuantity(ONE_PIECE);
    setTimeout(() => quantityField.current?.focus());
  }

  function chooseNew(newPart: NewPart): void {
    setNewFragment(undefined);
    const { number, name, measure = '' } = newPart;
    choose({ id: null, number, name, measure, newPart }, NONE_THERE, 0);
  }

  function add(): void {
    if (!isReady) return;
    onEnter({ ...chosen, quantity, price });
    setChosen(null);
    setQuantity(ONE_PIECE);
    setPrice(null);
    picker.current?.focus();
  }

  return (
    <div className="mw-line-entry">
      <PartPicker
        ref={picker}
        autoFocus={autoFocus}
        warehouseId={warehouseId}
        chosen={chosen?.part ?? null}
        onChoose={(part) => choose(part, part, usualPrice(part))}
        {...(searchFor ? { searchFor } : {})}
        onForget={() => setChosen(null)}
        {...(mayBeNew ? { onNew: setNewFragment } : {})}
      />
      <OnHand chosen={chosen} />
      <OnEnter run={() => (asksPrice ? priceField.current?.focus() : add())}>
        <QuantityInput
          ref={quantityField}
          aria-label={t('stock.columns.quantity')}
          disabled={chosen === null}
          width={110}
          unit={chosen?.part.measure ?? ''}
          value={quantity}
          onChange={setQuantity}
        />
      </OnEnter>
      {priceLabel !== undefined && (
        <OnEnter run={add}>
          <MoneyInput
            ref={priceField}
            aria-label={priceLabel}
            disabled={chosen === null}
            width={120}
            value={price}
            onChange={setPrice}
          />
        </OnEnter>
      )}
      <Button icon={<PlusOutlined />} disabled={!isReady} onClick={add}>
        {t('stock.addLine')}
      </Button>
      {newFragment !== undefined && (
        <NewPartDialog fragment={newFragment} onTake={chooseNew} onClose={() => setNewFragment(undefined)} />
      )}
    </div>
  );
}

/** What there is of the part that is being entered. */
function OnHand({ chosen }: Readonly<{ chosen: Chosen | null }>) {
  const t = useText();
  const format = useFormat();
  return (
    <span className={chosen && chosen.onHand <= 0 ? 'mw-line-on-hand is-none' : 'mw-line-on-hand'}>
      {chosen && t('stock.onHand', { quantity: format.quantity(chosen.onHand) })}
      {chosen && chosen.reserved > 0 && (
        <small>{t('availability.ofWhichReserved', { quantity: format.quantity(chosen.reserved) })}</small>
      )}
    </span>
  );
}

/** Enter in the field within does this, and nothing else. */
function OnEnter({ run, children }: Readonly<{ run: () => void; children: ReactNode }>) {
  function keyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  }
  return <div onKeyDown={keyDown}>{children}</div>;
}
