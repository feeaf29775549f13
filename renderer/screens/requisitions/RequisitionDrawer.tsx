import { useState } from 'react';
import { lineAmount } from '#domain/quantity.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DateText,
  type LineColumn,
  LineTable,
  Loaded,
  MoneyText,
  QuantityText,
  Section,
  ToneTag,
  useAskIfUnsaved,
} from '#renderer/ui/index.ts';
import { HandshakeDrawer, HandshakeFacts } from '../handshakes/HandshakeDrawer.tsx';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';
import { PartName } from '../stock/PartName.tsx';
import { TransferDrawer } from '../stock/TransferDrawer.tsx';
import { DepositPanel } from './DepositPanel.tsx';
import { GrantForm, type Line, type Requisition } from './GrantForm.tsx';
import type { PlannedLine } from './PlanForm.tsx';
import { RequisitionSlip } from './RequisitionSlip.tsx';
import { ShipForm } from './ShipForm.tsx';

type Props = Readonly<{ id: string; onPlanAgain: (lines: readonly PlannedLine[]) => void; onClose: () => void }>;

/** One requisition: edited and approved by the higher level, shipped from it, followed by the outlet. */
export function RequisitionDrawer({ id, onPlanAgain, onClose }: Props) {
  const t = useText();
  const ask = useAskIfUnsaved();
  const query = useQueryOperation('requisitions.get', { id });
  const [isShipping, setShipping] = useState(false);
  const [transferId, setTransferId] = useState<string>();
  const title = query.data ? t('requisitions.sheet', { number: query.data.number }) : '';
  if (transferId !== undefined) return <TransferDrawer id={transferId} onClose={() => setTransferId(undefined)} />;
  return (
    <HandshakeDrawer
      title={title}
      size={1000}
      onClose={() => ask(onClose)}
      actions={
        query.data &&
        !isShipping && <Actions sheet={query.data} onShip={() => setShipping(true)} onPlanAgain={onPlanAgain} />
      }
    >
      <Loaded query={query}>
        {(sheet) => (
          <>
            <HandshakeFacts sheet={sheet} />
            {isShipping ? (
              <ShipForm
                sheet={sheet}
                onClose={() => ask(() => setShipping(false))}
                onDone={(shipped) => {
                  setShipping(false);
                  setTransferId(shipped);
                }}
              />
            ) : (
              <Body sheet={sheet} onTransfer={setTransferId} onClose={onClose} />
            )}
          </>
        )}
      </Loaded>
    </HandshakeDrawer>
  );
}

type BodyProps = Readonly<{ sheet: Requisition; onTransfer: (id: string) => void; onClose: () => void }>;

function Body({ sheet, onTransfer, onClose }: BodyProps) {
  const t = useText();
  const may = useMay();
  if (sheet.isForUs && sheet.state === 'waiting' && may('requisition.approve'))
    return <GrantForm sheet={sheet} onDone={onClose} />;
  return (
    <>
      {may('deposit.view') && (
        <Section title={t('requisitions.deposit')}>
          <DepositPanel deposit={sheet.deposit} needed={0} isPlanned={false} />
          {sheet.exceeds !== '' && <p className="mw-negative">{t('deposits.exceeded', { reason: sheet.exceeds })}</p>}
        </Section>
      )}
      <Section title={`${t('fields.lines')} → ${sheet.to.name}`}>
        <Lines sheet={sheet} />
      </Section>
      {sheet.transfers.length > 0 && (
        <Section title={t('requisitions.shipments')}>
          <Shipments sheet={sheet} onOpen={onTransfer} />
        </Section>
      )}
    </>
  );
}

function Lines({ sheet: { lines } }: Readonly<{ sheet: Requisition }>) {
  const t = useText();
  const columns: readonly LineColumn<Line>[] = [
    {
      title: t('stock.columns.part'),
      render: ({ number, name, note, granted }) => (
        <PartName number={number} name={name} note={[note, granted.note].filter(Boolean).join(' · ')} />
      ),
    },
    {
      title: t('requisitions.asked'),
      isNumber: true,
      render: ({ quantity, measure }) => <QuantityText value={quantity} unit={measure} />,
    },
    {
      title: t('requisitions.granted'),
      isNumber: true,
      render: ({ granted }) => <QuantityText value={granted.quantity} />,
    },
    { title: t('stock.columns.price'), isNumber: true, render: ({ granted }) => <MoneyText value={granted.price} /> },
    {
      title: t('stock.columns.amount'),
      isNumber: true,
      render: (line) => <MoneyText value={amountOf(line)} />,
      foot: <MoneyText value={lines.reduce((sum, line) => sum + amountOf(line), 0)} />,
    },
    {
      title: t('requisitions.shippedQuantity'),
      isNumber: true,
      render: ({ shipped }) => <QuantityText value={shipped} />,
    },
    { title: t('requisitions.rest'), isNumber: true, render: ({ rest }) => <QuantityText value={rest.quantity} /> },
  ];
  return (
    <LineTable
      rows={lines}
      columns={columns}
      keyOf={(_, index) => index}
      lineNoOf={(_, index) => index + 1}
      count={t('stock.lineCount', { count: lines.length })}
    />
  );
}

const amountOf = ({ granted: { quantity, price } }: Line): number => lineAmount(quantity, price);

function Shipments({ sheet, onOpen }: Readonly<{ sheet: Requisition; onOpen: (id: string) => void }>) {
  const t = useText();
  const columns: readonly LineColumn<Requisition['transfers'][number]>[] = [
    {
      title: '',
      render: ({ id, number }) => (
        <ActionButton type="link" size="small" onClick={() => onOpen(id)}>
          {number}
        </ActionButton>
      ),
    },
    { title: '', render: ({ requestedOn }) => <DateText value={requestedOn} /> },
    {
      title: '',
      render: ({ decision }) => (
        <ToneTag tone={decision === 'refused' ? 'bad' : decision === null ? 'waiting' : 'good'}>
          {decision === 'accepted'
            ? t('handshakes.outcomes.received')
            : t(`handshakes.states.${decision ?? 'waiting'}`)}
        </ToneTag>
      ),
    },
  ];
  return <LineTable rows={sheet.transfers} columns={columns} keyOf={({ id }) => id} />;
}

type ActionsProps = Readonly<{
  sheet: Requisition;
  onShip: () => void;
  onPlanAgain: (lines: readonly PlannedLine[]) => void;
}>;

function Actions({ sheet, onShip, onPlanAgain }: ActionsProps) {
  const t = useText();
  const [isPrinting, setPrinting] = useState(false);
  return (
    <>
      <ActionButton hotkey="Alt+P" onClick={() => setPrinting(true)}>
        {t('common.print')}
      </ActionButton>
      {sheet.isOurs && <OfTheOutlet sheet={sheet} onPlanAgain={onPlanAgain} />}
      {sheet.isForUs && sheet.state === 'accepted' && <OfTheHigherLevel sheet={sheet} onShip={onShip} />}
      {isPrinting && <RequisitionSlip sheet={sheet} onClose={() => setPrinting(false)} />}
    </>
  );
}

/** The outlet takes its plan back, or makes another one of it. */
function OfTheOutlet({ sheet, onPlanAgain }: Pick<ActionsProps, 'sheet' | 'onPlanAgain'>) {
  const t = useText();
  const may = useMay();
  const [isAsking, setAsking] = useState(false);
  const { state, lines } = sheet;
  if (!may('requisition.plan')) return null;
  return (
    <>
      {state === 'waiting' && (
        <ActionButton hotkey="Alt+W" onClick={() => setAsking(true)}>
          {t('handshakes.withdraw')}
        </ActionButton>
      )}
      {(state === 'withdrawn' || state === 'refused') && (
        <ActionButton type="primary" onClick={() => onPlanAgain(lines)}>
          {t('requisitions.planAgain')}
        </ActionButton>
      )}
      {isAsking && <Ending sheet={sheet} how="withdraw" onClose={() => setAsking(false)} />}
    </>
  );
}

/** The higher level ships what it approved, or no more of it. */
function OfTheHigherLevel({ sheet, onShip }: Pick<ActionsProps, 'sheet' | 'onShip'>) {
  const t = useText();
  const may = useMay();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      {may('requisition.approve') && (
        <ActionButton onClick={() => setAsking(true)}>{t('requisitions.closeRest')}</ActionButton>
      )}
      {may('stock.transfer') && (
        <ActionButton autoFocus type="primary" onClick={onShip}>
          {t('requisitions.ship')}
        </ActionButton>
      )}
      {isAsking && <Ending sheet={sheet} how="close-rest" onClose={() => setAsking(false)} />}
    </>
  );
}

type EndingProps = Readonly<{ sheet: Requisition; how: 'withdraw' | 'close-rest'; onClose: () => void }>;

/** The outlet takes its plan back, or the higher level ships no more of it: never without a reason. */
function Ending({ sheet: { id, number, version }, how, onClose }: EndingProps) {
  const t = useText();
  const withdraw = useOperation('requisitions.withdraw');
  const closeRest = useOperation('requisitions.closeRest');
  const options = { onSuccess: onClose };
  const isWithdrawal = how === 'withdraw';
  const text = t(isWithdrawal ? 'handshakes.withdraw' : 'requisitions.closeRest');
  return (
    <ReasonDialog
      title={`${text} · ${number}`}
      submitText={text}
      operation={isWithdrawal ? withdraw : closeRest}
      onSubmit={(reason) =>
        isWithdrawal ? withdraw.mutate({ id, version, reason }, options) : closeRest.mutate({ id, reason }, options)
      }
      onClose={onClose}
    />
  );
}
