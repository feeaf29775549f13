import { CalendarOutlined, CloseCircleFilled, NumberOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Popover, Select, Space } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { DateRangeField, dateRangePresets, useToday } from '../fields/dates.tsx';
import { type FixedInputProps, MoneyInput, PercentInput, QuantityInput } from '../fields/fixed.tsx';
import type { Format } from '../format.ts';
import { useFormat } from '../station.tsx';
import { choicesOf, filterKindOf, type ColumnType, type GridColumn } from './columns.ts';
import { type ColumnFilter, isSet } from './filters.ts';

type CellProps<Row> = Readonly<{
  column: GridColumn<Row>;
  filter: ColumnFilter | undefined;
  onChange: (filter: ColumnFilter | undefined) => void;
  /** Enter in a filter: on to the rows. */
  onDone: () => void;
}>;

/** The filter under a column's title. */
export function FilterCell<Row>(props: CellProps<Row>) {
  switch (filterKindOf(props.column)) {
    case 'text':
      return <TextFilter {...props} />;
    case 'oneOf':
      return <ChoiceFilter {...props} />;
    case 'dateRange':
      return <DaysFilter {...props} kind="dateRange" />;
    case 'instantRange':
      return <DaysFilter {...props} kind="instantRange" />;
    case 'numberRange':
      return <NumbersFilter {...props} />;
    case 'none':
      return <span className="mw-filter" />;
  }
}

function useLabel<Row>(column: GridColumn<Row>): string {
  const t = useText();
  return t('common.filterColumn', { column: column.title });
}

/** Tells a value when the typing has paused, or at once. */
function useTelling<T>(
  tell: (value: T) => void,
  pause: number,
): Readonly<{ later: (value: T) => void; now: (value: T) => void }> {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  function later(value: T): void {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(value), pause);
  }
  function now(value: T): void {
    clearTimeout(timer.current);
    tell(value);
  }
  return { later, now };
}

function TextFilter<Row>({ column, filter, onChange, onDone }: CellProps<Row>) {
  const label = useLabel(column);
  const [draft, setDraft] = useState<string | undefined>();
  const telling = useTelling((text: string) => {
    onChange({ kind: 'text', text });
    setDraft(undefined);
  }, 250);
  const text = draft ?? (filter?.kind === 'text' ? filter.text : '');

  function keyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') telling.now('');
    if (event.key === 'Enter') telling.now(text);
    if (event.key === 'Enter' || event.key === 'ArrowDown') onDone();
  }

  return (
    <span className={text === '' ? 'mw-filter' : 'mw-filter is-set'}>
      <SearchOutlined className="mw-filter-icon" />
      <input
        aria-label={label}
        value={text}
        onChange={(event) => {
          setDraft(event.target.value);
          telling.later(event.target.value);
        }}
        onKeyDown={keyDown}
      />
    </span>
  );
}

function ChoiceFilter<Row>({ column, filter, onChange }: CellProps<Row>) {
  const t = useText();
  const label = useLabel(column);
  const values = filter?.kind === 'oneOf' ? filter.values : [];
  return (
    <Select
      className={values.length === 0 ? 'mw-filter mw-filter-choice' : 'mw-filter mw-filter-choice is-set'}
      mode="multiple"
      variant="borderless"
      size="small"
      aria-label={label}
      allowClear
      maxTagCount={values.length > 1 ? 0 : 1}
      maxTagPlaceholder={t('common.chosen', { chosen: values.length })}
      tagRender={chosenWord}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...choicesOf(t, column)]}
      value={[...values]}
      onChange={(chosen: string[]) => onChange({ kind: 'oneOf', values: chosen })}
    />
  );
}

function chosenWord({ label }: Readonly<{ label: ReactNode }>) {
  return <span className="mw-filter-word">{label}</span>;
}

type RangeShellProps = Readonly<{
  label: string;
  summary: string | undefined;
  icon: ReactNode;
  onClear: () => void;
  children: (close: () => void) => ReactNode;
}>;

/** A button that says what range is set and opens a small panel to set it. */
function RangeShell({ label, summary, icon, onClear, children }: RangeShellProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <span className={summary === undefined ? 'mw-filter' : 'mw-filter is-set'}>
      <Popover
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        open={isOpen}
        onOpenChange={setOpen}
        destroyOnHidden
        content={children(() => setOpen(false))}
      >
        <button type="button" className="mw-filter-range" aria-label={label}>
          {summary ?? <span className="mw-filter-icon">{icon}</span>}
        </button>
      </Popover>
      {summary !== undefined && (
        <button type="button" className="mw-filter-clear" aria-label={label} onClick={onClear}>
          <CloseCircleFilled />
        </button>
      )}
    </span>
  );
}

function DaysFilter<Row>({ column, filter, onChange, kind }: CellProps<Row> & { kind: 'dateRange' | 'instantRange' }) {
  const t = useText();
  const today = useToday();
  const range = filter?.kind === kind ? filter : undefined;
  return (
    <RangeShell
      label={useLabel(column)}
      icon={<CalendarOutlined />}
      summary={rangeText(range, shortDate)}
      onClear={() => onChange(undefined)}
    >
      {(close) => (
        <div className="mw-filter-panel">
          <Space size={4} wrap>
            {dateRangePresets(today).map(({ key, from, to }) => (
              <Button
                key={key}
                size="small"
                onClick={() => {
                  onChange({ kind, from, to });
                  close();
                }}
              >
                {t(`common.${key}`)}
              </Button>
            ))}
          </Space>
          <DateRangeField
            value={{ ...(range?.from ? { from: range.from } : {}), ...(range?.to ? { to: range.to } : {}) }}
            onChange={(days) => onChange({ kind, ...days })}
          />
        </div>
      )}
    </RangeShell>
  );
}

function shortDate(date: string): string {
  return date.slice(2);
}

const FIGURE_INPUTS: Readonly<Partial<Record<ColumnType, (props: FixedInputProps) => ReactNode>>> = {
  money: MoneyInput,
  quantity: QuantityInput,
  percent: PercentInput,
  count: CountInput,
};

/** A whole number, in the clothes of a quantity. */
function CountInput({ value, onChange, ...input }: FixedInputProps) {
  const thousandths = value === null || value === undefined ? null : value * 1000;
  return (
    <QuantityInput
      {...input}
      value={thousandths}
      onChange={(typed) => onChange?.(typed === null ? null : Math.trunc(typed / 1000))}
    />
  );
}

type NumberRange = Readonly<{ kind: 'numberRange'; from?: number; to?: number }>;

function NumbersFilter<Row>({ column, filter, onChange }: CellProps<Row>) {
  const format = useFormat();
  const range = filter?.kind === 'numberRange' ? filter : undefined;
  return (
    <RangeShell
      label={useLabel(column)}
      icon={<NumberOutlined />}
      summary={rangeText(range, (value) => figureText(format, column.type, value))}
      onClear={() => onChange(undefined)}
    >
      {(close) => <NumbersPanel type={column.type ?? 'count'} range={range} onChange={onChange} onDone={close} />}
    </RangeShell>
  );
}

type NumbersPanelProps = Readonly<{
  type: ColumnType;
  range: NumberRange | undefined;
  onChange: (range: NumberRange) => void;
  onDone: () => void;
}>;

function NumbersPanel({ type, range, onChange, onDone }: NumbersPanelProps) {
  const t = useText();
  const [typed, setTyped] = useState<NumberRange>(range ?? { kind: 'numberRange' });
  const telling = useTelling(onChange, 400);
  const Figure = FIGURE_INPUTS[type] ?? CountInput;
  function set(end: 'from' | 'to', value: number | null): void {
    const { [end]: _, ...rest } = typed;
    const next = value === null || Number.isNaN(value) ? rest : { ...rest, [end]: value };
    setTyped(next);
    telling.later(next);
  }
  function finish(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    telling.now(typed);
    onDone();
  }
  return (
    <div className="mw-filter-panel is-row" onKeyDown={finish}>
      <Figure
        autoFocus
        placeholder={t('common.minimum')}
        value={typed.from ?? null}
        onChange={(value) => set('from', value)}
        width={110}
      />
      –
      <Figure
        placeholder={t('common.maximum')}
        value={typed.to ?? null}
        onChange={(value) => set('to', value)}
        width={110}
      />
    </div>
  );
}

export function figureText(format: Format, type: ColumnType | undefined, value: number): string {
  if (type === 'money') return format.amount(value);
  if (type === 'quantity') return format.quantity(value);
  if (type === 'percent') return format.percent(value);
  return format.count(value);
}

function rangeText<T>(
  range: Readonly<{ from?: T; to?: T }> | undefined,
  show: (value: T) => string,
): string | undefined {
  if (range === undefined || !isSet(range as ColumnFilter)) return undefined;
  if (range.from !== undefined && range.from === range.to) return show(range.from);
  if (range.to === undefined && range.from !== undefined) return `≥ ${show(range.from)}`;
  if (range.from === undefined && range.to !== undefined) return `≤ ${show(range.to)}`;
  return range.from !== undefined && range.to !== undefined ? `${show(range.from)}~${show(range.to)}` : undefined;
}
