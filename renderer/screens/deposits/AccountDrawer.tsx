import { App, Drawer } from 'antd';
import { useMemo, useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DataGrid,
  Facts,
  type GridColumn,
  Loaded,
  MoneyText,
  type RowOf,
  Slip,
  SlipDialog,
  useFormat,
} from '#renderer/ui/index.ts';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';
import { DrawerKeys } from '../stock/DrawerKeys.tsx';
import { PaymentDialog } from './PaymentDialog.tsx';

type Account = RowOf<'deposits.list'>;
type Entry = RowOf<'deposits.account'>;

/** What is charged for an old part was never shipped. */
const kindText = (t: Translate, { kind, oldPart }: Entry): string =>
  kind === 'charge' && oldPart !== null ? t('deposits.oldPart') : t(`deposits.kinds.${kind}`);

const ownerOf = ({ technician, unit }: Account): string => technician ?? unit;

/** One deposit explained: what blocks it, and the entries that make up what is held. Enter on an entry prints its slip. */
export function AccountDrawer({ account, onClose }: Readonly<{ account: Account; onClose: () => void }>) {
  const t = useText();
  const may = useMay();
  const { holderId, unitId, technicianId } = account;
  const input = useMemo(() => ({ holderId, unitId, technicianId }), [holderId, unitId, technicianId]);
  const query = useQueryOperation('deposits.account', { ...input, limit: 1 });
  const [isPaying, setPaying] = useState(false);
  const [entry, setEntry] = useState<Entry>();
  return (
    <>
      <DrawerKeys onClose={onClose} />
      <Drawer
        open
        size={980}
        onClose={onClose}
        keyboard={false}
        title={t('deposits.sheet', { owner: ownerOf(account) })}
        extra={
          account.isOurs &&
          may('deposit.manage') && <ActionButton onClick={() => setPaying(true)}>{t('deposits.pay')}</ActionButton>
        }
      >
        <Loaded query={query}>
          {(sheet) => (
            <div className="mw-drawer-grid">
              <Figures account={account} sheet={sheet} />
              <DataGrid
                operation="deposits.account"
                id={`deposits.account ${account.id}`}
                input={input}
                columns={columnsOf(t)}
                rowKey="id"
                hasFilters={false}
                onOpen={setEntry}
              />
            </div>
          )}
        </Loaded>
        {isPaying && <PaymentDialog account={account} onClose={() => setPaying(false)} />}
        {entry && <EntrySlip account={account} entry={entry} onClose={() => setEntry(undefined)} />}
      </Drawer>
    </>
  );
}

function columnsOf(t: Translate): GridColumn<Entry>[] {
  const plain = { isFilterable: false, isSortable: false } as const;
  return [
    { key: 'bookedOn', title: t('stock.columns.movedOn'), type: 'date', width: 98, ...plain },
    { key: 'number', title: t('stock.columns.number'), type: 'code', width: 174, ...plain },
    {
      key: 'kind',
      title: t('stock.columns.kind'),
      width: 110,
      ...plain,
      render: (entry) => kindText(t, entry),
    },
    {
      key: 'reason',
      title: t('deposits.reason'),
      grows: true,
      ...plain,
      render: ({ reason, reverses }) => (reverses === null ? reason : `${reverses} · ${reason}`),
    },
    { key: 'employee', title: t('stock.columns.employee'), width: 90, ...plain },
    { key: 'amount', title: t('stock.columns.amount'), type: 'money', width: 110, ...plain },
    { key: 'balance', title: t('deposits.held'), type: 'money', width: 110, ...plain },
  ];
}

type FiguresProps = Readonly<{ account: Account; sheet: OutputOf<'deposits.account'> }>;

function Figures({ account, sheet: { held, blocked, free, plans } }: FiguresProps) {
  const t = useText();
  const format = useFormat();
  return (
    <Facts
      columns={2}
      labelWidth={72}
      facts={[
        { label: t('deposits.holder'), value: account.holder },
        { label: t('deposits.held'), value: <MoneyText value={held} /> },
        { label: t('deposits.free'), value: <MoneyText value={free} /> },
        {
          label: t('deposits.blocked'),
          value: (
            <>
              <MoneyText value={blocked} />{' '}
              <span className="mw-soft">
                {plans.map(({ number, amount }) => `${number} ${format.money(amount)}`).join(' · ')}
              </span>
            </>
          ),
        },
      ]}
    />
  );
}

type SlipProps = Readonly<{ account: Account; entry: Entry; onClose: () => void }>;

/** A payment on paper; one booked by mistake is corrected from here. */
function EntrySlip({ account, entry, onClose }: SlipProps) {
  const t = useText();
  const may = useMay();
  const format = useFormat();
  const { message } = App.useApp();
  const operation = useOperation('deposits.correct');
  const [isCorrecting, setCorrecting] = useState(false);
  const isPayment = entry.kind === 'pay-in' || entry.kind === 'pay-out';
  const mayCorrect = account.isOurs && isPayment && entry.reversedBy === null && may('deposit.manage');
  const title = `${t('deposits.slip')} · ${kindText(t, entry)}`;
  if (isCorrecting)
    return (
      <ReasonDialog
        title={`${t('deposits.correct')} · ${entry.number}`}
        submitText={t('deposits.correct')}
        operation={operation}
        onSubmit={(reason) =>
          operation.mutate(
            { entryId: entry.id, reason },
            {
              onSuccess: ({ number }) => {
                void message.success(t('stock.savedAs', { number }));
                onClose();
              },
            },
          )
        }
        onClose={() => setCorrecting(false)}
      />
    );
  return (
    <SlipDialog
      title={title}
      about={entry.number}
      onClose={onClose}
      actions={mayCorrect && <ActionButton onClick={() => setCorrecting(true)}>{t('deposits.correct')}</ActionButton>}
    >
      <Slip
        issuer={account.holder}
        title={title}
        facts={[
          { label: t('stock.columns.number'), value: entry.number },
          { label: t('stock.columns.movedOn'), value: entry.bookedOn },
          { label: t('deposits.owner'), value: ownerOf(account) },
          { label: t('stock.columns.amount'), value: format.money(entry.amount) },
          { label: t('deposits.reason'), value: entry.reason },
          { label: t('deposits.held'), value: format.money(entry.balance) },
          { label: t('deposits.correctedBy'), value: entry.reversedBy },
        ]}
        signatures={[t('deposits.payer'), t('deposits.cashier')]}
      />
    </SlipDialog>
  );
}
