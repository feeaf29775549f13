import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { InputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DataGrid,
  DateText,
  EmptyState,
  type GridColumn,
  Loaded,
  LocalGrid,
  type RowOf,
  ToneTag,
} from '#renderer/ui/index.ts';
import { DisposeDialog } from './DisposeDialog.tsx';
import { OldPartDrawer } from './OldPartDrawer.tsx';
import { TakeBackDialog } from './TakeBackDialog.tsx';

type ListView = NonNullable<InputOf<'oldParts.list'>['view']>;
type View = ListView | 'debtors';
type Row = RowOf<'oldParts.list'>;

const VIEWS: readonly View[] = ['open', 'overdue', 'debtors', 'uninspected', 'held', 'uncredited', 'all'];

/** Old parts that must come back: who owes which, what came back, and what becomes of it. */
export function OldPartsTab() {
  const t = useText();
  const may = useMay();
  const [view, setView] = useState<View>('open');
  const [dialog, setDialog] = useState<'take-back' | 'dispose'>();
  const [openId, setOpenId] = useState<string>();
  const close = () => setDialog(undefined);
  return (
    <div className="mw-stock-tab">
      <div className="mw-transfer-bar">
        <Segmented<View>
          size="small"
          value={view}
          options={VIEWS.map((value) => ({ value, label: t(`oldParts.views.${value}`) }))}
          onChange={setView}
        />
        {may('old-parts.receive') && (
          <div className="mw-drawer-actions">
            <ActionButton onClick={() => setDialog('dispose')}>{t('oldParts.dispose')}</ActionButton>
            <ActionButton type="primary" hotkey="Alt+N" onClick={() => setDialog('take-back')}>
              {t('oldParts.takeBack')}
            </ActionButton>
          </div>
        )}
      </div>
      {view === 'debtors' ? <Debtors /> : <OldParts key={view} view={view} onOpen={setOpenId} />}
      {openId !== undefined && <OldPartDrawer id={openId} onClose={() => setOpenId(undefined)} />}
      {dialog === 'take-back' && <TakeBackDialog onClose={close} />}
      {dialog === 'dispose' && <DisposeDialog onClose={close} />}
    </div>
  );
}

function OldParts({ view, onOpen }: Readonly<{ view: ListView; onOpen: (id: string) => void }>) {
  const t = useText();
  const input = useMemo(() => ({ view }), [view]);
  return (
    <DataGrid
      operation="oldParts.list"
      id={`oldParts ${view}`}
      input={input}
      columns={columnsOf(t)}
      rowKey="id"
      onOpen={({ id }) => onOpen(id)}
      empty={<EmptyState text={t('oldParts.empty')} />}
    />
  );
}

function columnsOf(t: Translate): readonly GridColumn<Row>[] {
  const due = ({ dueOn, isOverdue }: Row) =>
    isOverdue ? (
      <ToneTag tone="bad">
        <DateText value={dueOn} />
      </ToneTag>
    ) : (
      <DateText value={dueOn} />
    );
  return [
    { key: 'dueOn', title: t('oldParts.columns.dueOn'), type: 'date', width: 104, render: due },
    { key: 'debtor', title: t('oldParts.columns.debtor'), width: 92 },
    { key: 'partNumber', title: t('stock.columns.partNumber'), type: 'code', width: 100 },
    { key: 'part', title: t('stock.columns.part'), width: 110, grows: true },
    { key: 'open', title: t('oldParts.columns.open'), type: 'quantity', width: 72 },
    { key: 'openAmount', title: t('oldParts.columns.openAmount'), type: 'money', width: 104 },
    { key: 'uninspected', title: t('oldParts.columns.uninspected'), type: 'quantity', width: 92 },
    { key: 'held', title: t('oldParts.columns.held'), type: 'quantity', width: 80 },
    { key: 'uncredited', title: t('oldParts.columns.uncredited'), type: 'quantity', width: 80 },
    { key: 'workOrder', title: t('stock.columns.workOrder'), type: 'code', width: 176 },
    { key: 'number', title: t('oldParts.columns.number'), type: 'code', width: 176 },
  ];
}

function Debtors() {
  const t = useText();
  const query = useQueryOperation('oldParts.debtors', {});
  return (
    <Loaded query={query}>
      {({ debtors }) => (
        <LocalGrid
          rows={debtors.map((debtor) => ({ ...debtor, id: debtor.employeeId ?? debtor.unitId }))}
          rowKey="id"
          columns={[
            { key: 'name', title: t('oldParts.columns.debtor'), width: 160, grows: true },
            { key: 'number', title: t('oldParts.columns.debtorNumber'), type: 'code', width: 120 },
            { key: 'debts', title: t('oldParts.columns.debts'), type: 'count', width: 90 },
            { key: 'open', title: t('oldParts.columns.open'), type: 'quantity', width: 100 },
            { key: 'openAmount', title: t('oldParts.columns.openAmount'), type: 'money', width: 120 },
            { key: 'overdue', title: t('oldParts.columns.overdue'), type: 'count', width: 90 },
            { key: 'firstDueOn', title: t('oldParts.columns.firstDueOn'), type: 'date', width: 120 },
          ]}
          empty={<EmptyState text={t('oldParts.empty')} />}
        />
      )}
    </Loaded>
  );
}
