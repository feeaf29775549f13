import { Button, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import type { OperationFailed } from '#renderer/api/failure.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  ConfirmButton,
  EmptyState,
  ErrorNotice,
  Loaded,
  MoneyText,
  Section,
  useDirtyGuard,
} from '#renderer/ui/index.ts';
import { type Draft, isComplete } from './draft-lines.ts';
import { IssueSlipDialog } from './IssueSlipDialog.tsx';

export type StockChoices = OutputOf<'stock.choices'>;
export type SavedDocument = Readonly<{
  id: string;
  number: string;
  total: number;
  /** Parts that came into the catalogue with it: at a station of a company under a number of the station's own. */
  newParts?: readonly Readonly<{ number: string }>[];
}>;

/** What both forms need before they can be filled in: at least one warehouse. */
export function WithWarehouses({ children }: Readonly<{ children: (choices: StockChoices) => ReactNode }>) {
  const t = useText();
  const choices = useQueryOperation('stock.choices', {}, { staleTime: 30_000 });
  return (
    <Loaded query={choices}>
      {(data) =>
        data.warehouses.length === 0 ? (
          <EmptyState title={t('stock.noWarehouseTitle')} text={t('stock.noWarehouseText')} />
        ) : (
          children(data)
        )
      }
    </Loaded>
  );
}

/** Parts usually lie in the first warehouse for parts. */
export function usualWarehouse({ warehouses }: Pick<StockChoices, 'warehouses'>): string {
  return (warehouses.find((warehouse) => warehouse.kind === 'parts') ?? warehouses[0])?.id ?? '';
}

type WarehouseFieldProps = Readonly<{
  warehouses: StockChoices['warehouses'];
  value: string;
  onChange: (id: string) => void;
  size?: 'small';
  'aria-label'?: string;
}>;

export function WarehouseField({ warehouses, ...field }: WarehouseFieldProps) {
  const options = warehouses.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }));
  return <Select {...field} showSearch={{ optionFilterProp: 'label' }} options={options} />;
}

type Props = Readonly<{
  head: ReactNode;
  /** The row in which lines are entered, and the lines. */
  entry: ReactNode;
  table: ReactNode;
  draft: Draft;
  error: OperationFailed | null;
  /** What can be done about a refusal. */
  remedy?: ReactNode;
  isPending: boolean;
  saveText: string;
  /** How lines are entered. */
  hint: string;
  onSave: () => void;
  saved: SavedDocument | undefined;
}>;

/** A receipt or an issue: head, entry row, lines, and what is to be done with them. Ctrl+Enter saves. */
export function StockForm(props: Props) {
  const { head, entry, table, draft, error, remedy, isPending, saveText, hint, onSave, saved } = props;
  const t = useText();
  useDirtyGuard(draft.isDirty && draft.lines.length > 0);
  const isReady = draft.lines.length > 0 && draft.lines.every(isComplete);
  return (
    <div className="mw-stock-form">
      {saved && draft.lines.length === 0 && <Saved document={saved} />}
      <Section title={head}>{entry}</Section>
      <Section title={t('fields.lines')}>{table}</Section>
      <ErrorNotice error={error} />
      {remedy}
      <div className="mw-stock-foot">
        <span className="mw-soft">{hint}</span>
        {draft.lines.length > 0 && (
          <ConfirmButton question={t('stock.clearQuestion')} onClick={draft.clear}>
            {t('stock.clearAll')}
          </ConfirmButton>
        )}
        <ActionButton type="primary" hotkey="Ctrl+Enter" disabled={!isReady} loading={isPending} onClick={onSave}>
          {saveText}
        </ActionButton>
      </div>
    </div>
  );
}

function Saved({ document }: Readonly<{ document: SavedDocument }>) {
  const t = useText();
  const [isPrinting, setPrinting] = useState(false);
  const newParts = (document.newParts ?? []).map(({ number }) => number);
  return (
    <output className="mw-stock-saved">
      <strong>{t('stock.savedAs', { number: document.number })}</strong>
      {newParts.length > 0 && <span>{t('stock.newPartsAs', { numbers: newParts.join(' ') })}</span>}
      <MoneyText value={document.total} />
      <Link to={`/stock?tab=documents&document=${document.id}`}>
        <Button size="small">{t('stock.openDocument')}</Button>
      </Link>
      <Button size="small" onClick={() => setPrinting(true)}>
        {t('slips.print')}
      </Button>
      {isPrinting && <IssueSlipDialog id={document.id} onClose={() => setPrinting(false)} />}
    </output>
  );
}

/** More is to be given than a deposit covers, or was before somebody said why. */
export const isBeyondDeposit = (error: OperationFailed | null, reason: string): boolean =>
  error?.code === 'deposit.exceeded' || reason !== '';

/** The line, from 1, which a refusal is about. */
export function faultyLineOf(error: OperationFailed | null): number | undefined {
  const line = error?.details['line'];
  return typeof line === 'number' ? line : undefined;
}
