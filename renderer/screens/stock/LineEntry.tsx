import { PlusOutlined } from '@ant-design/icons';
import { Button, type InputRef } from 'antd';
import { type ComponentProps, type KeyboardEvent, type ReactNode, type Ref, useRef, useState } from 'react';
import { ONE_PIECE } from '#domain/quantity.ts';
import { useText } from '#renderer/text/react.ts';
import { quantityOf, type Lot } from '#domain/stock/lots.ts';
import { MoneyInput, QuantityInput, useFormat } from '#renderer/ui/index.ts';
import { type DraftPart, type Numbers, isFigure, type NewPart, type PartFound } from './draft-lines.ts';
import { LotsDialog } from './LotsDialog.tsx';
import { NewPartDialog } from './NewPartDialog.tsx';
import { PartPicker, type SearchFor } from './PartPicker.tsx';

export type Entered = Readonly<{
  part: DraftPart;
  quantity: number;
  price: number;
  onHand: number;
  /** Of that, kept back for others. */
  reserved: number;
  lots: readonly Lot[];
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
  /** It follows from the document, and is only shown. */
  isPriceFixed?: boolean;
  mayBeNew?: boolean;
  numbers?: Numbers;
  autoFocus?: boolean;
  onEnter: (line: Entered) => void;
}>;

type Chosen = Readonly<{ part: DraftPart; onHand: number; reserved: number }>;

const NOBODY: SearchFor = {};
const NONE_THERE = { onHand: 0, reserved: 0 };

/** The line as far as it is entered; undefined where something is missing. */
function readyLine(
  chosen: Chosen | null,
  quantity: number | null,
  price: number | null,
): Omit<Entered, 'lots'> | undefined {
  if (chosen === null || !isFigure(quantity) || quantity <= 0 || !isFigure(price)) return undefined;
  return { ...chosen, quantity, price };
}

/** The row in which a line comes about without the mouse: part, Enter, quantity, Enter, (price, Enter,) next part. */
export function LineEntry(props: Props) {
  const {
    warehouseId,
    searchFor = NOBODY,
    usualPrice,
    asksPrice,
    priceLabel,
    isPriceFixed = false,
    mayBeNew = false,
    numbers = usualNumbers(mayBeNew),
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
  const [lots, setLots] = useState<readonly Lot[]>([]);
  const [asksLots, setAsksLots] = useState(false);
  const [newFragment, setNewFragment] = useState<string>();
  const ready = readyLine(chosen, quantity, price);

  function choose(part: DraftPart, there: Omit<Chosen, 'part'>, itsPrice: number): void {
    setChosen({ part, onHand: there.onHand, reserved: there.reserved });
    setPrice(itsPrice);
    setQuantity(ONE_PIECE);
    setLots([]);
    if (needsLots(part, numbers)) setAsksLots(true);
    else setTimeout(() => quantityField.current?.focus());
  }

  /** The numbers say how many there are. */
  function takeLots(taken: readonly Lot[]): void {
    setAsksLots(false);
    if (chosen === null || taken.length === 0) return;
    setLots(taken);
    setQuantity(quantityOf(taken));
    if (asksPrice) setTimeout(() => priceField.current?.focus());
    else enter({ ...chosen, quantity: quantityOf(taken), price: price ?? 0, lots: taken });
  }

  function chooseNew(newPart: NewPart): void {
    setNewFragment(undefined);
    const { number, name, measure = '' } = newPart;
    choose({ id: null, number, name, measure, newPart }, NONE_THERE, 0);
  }

  function add(): void {
    if (!ready) return;
    if (needsLots(ready.part, numbers) && lots.length === 0) setAsksLots(true);
    else enter({ ...ready, lots });
  }

  function enter(line: Entered): void {
    onEnter(line);
    setChosen(null);
    setQuantity(ONE_PIECE);
    setPrice(null);
    setLots([]);
    setTimeout(() => picker.current?.focus());
  }

  return (
    <div className="mw-line-entry">
      <PartPicker
        ref={picker}
        autoFocus={autoFocus}
        warehouseId={warehouseId}
        chosen={chosen?.part ?? null}
        onChoose={(part) => choose(part, part, usualPrice(part))}
        searchFor={searchFor}
        onForget={() => setChosen(null)}
        {...(mayBeNew ? { onNew: setNewFragment } : {})}
      />
      <OnHand chosen={chosen} />
      <OnEnter run={() => (asksPrice ? priceField.current?.focus() : add())}>
        <QuantityInput
          ref={quantityField}
          aria-label={t('stock.columns.quantity')}
          disabled={!takesQuantity(chosen, numbers)}
          width={110}
          unit={measureOf(chosen)}
          value={quantity}
          onChange={setQuantity}
        />
      </OnEnter>
      <PriceField
        ref={priceField}
        label={priceLabel}
        isDisabled={chosen === null || isPriceFixed}
        value={price}
        onChange={setPrice}
        onEnter={add}
      />
      <Button icon={<PlusOutlined />} disabled={!ready} onClick={add}>
        {t('stock.addLine')}
      </Button>
      {asksLots && (
        <LotsOf
          chosen={chosen}
          lots={lots}
          warehouseId={numbers === 'in' ? null : warehouseId}
          onDone={takeLots}
          onClose={() => setAsksLots(false)}
        />
      )}
      {newFragment !== undefined && (
        <NewPartDialog fragment={newFragment} onTake={chooseNew} onClose={() => setNewFragment(undefined)} />
      )}
    </div>
  );
}

/** Which pieces leave has to be said, of a batch only what comes in: the oldest leaves unless somebody says otherwise. */
const needsLots = ({ tracking = 'none' }: DraftPart, numbers: Numbers): boolean =>
  numbers !== 'none' && (tracking === 'serial' || (tracking === 'batch' && numbers === 'in'));

const usualNumbers = (mayBeNew: boolean): Numbers => (mayBeNew ? 'in' : 'out');

/** Where numbers are named, they say how many there are. */
const takesQuantity = (chosen: Chosen | null, numbers: Numbers): boolean =>
  chosen !== null && !needsLots(chosen.part, numbers);

const measureOf = (chosen: Chosen | null): string => chosen?.part.measure ?? '';

type LotsOfProps = Omit<ComponentProps<typeof LotsDialog>, 'part'> & Readonly<{ chosen: Chosen | null }>;

function LotsOf({ chosen, ...dialog }: LotsOfProps) {
  return chosen && <LotsDialog {...dialog} part={chosen.part} />;
}

type PriceProps = Readonly<{
  label: string | undefined;
  isDisabled: boolean;
  value: number | null;
  onChange: (price: number | null) => void;
  onEnter: () => void;
  ref: Ref<InputRef>;
}>;

/** Nothing where nobody asks what one costs. */
function PriceField({ label, isDisabled, value, onChange, onEnter, ref }: PriceProps) {
  if (label === undefined) return null;
  return (
    <OnEnter run={onEnter}>
      <MoneyInput ref={ref} aria-label={label} disabled={isDisabled} width={120} value={value} onChange={onChange} />
    </OnEnter>
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
