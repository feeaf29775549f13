import { App } from 'antd';
import { useState } from 'react';
import { isOpen } from '#domain/stock/transit.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Loaded, Section, useAskIfUnsaved } from '#renderer/ui/index.ts';
import { HandshakeDrawer, HandshakeFacts } from '../handshakes/HandshakeDrawer.tsx';
import { useSayWhy } from '../handshakes/say-why.ts';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';
import { CountForm } from './CountForm.tsx';
import { DecideForm } from './DecideForm.tsx';
import { type Transfer, TransferClosures, TransferLines } from './transfer-lines.tsx';
import { TransferSlip } from './TransferSlip.tsx';

type Mode = 'count' | 'decide';

/** One transfer with its lines: received or counted by whom it was sent to, taken back or decided about by the sender. */
export function TransferDrawer({ id, onClose }: Readonly<{ id: string; onClose: () => void }>) {
  const t = useText();
  const ask = useAskIfUnsaved();
  const query = useQueryOperation('transfers.get', { id });
  const [mode, setMode] = useState<Mode>();
  const title = query.data ? t('transfers.sheet', { number: query.data.number }) : '';
  const leave = () => ask(() => setMode(undefined));
  return (
    <HandshakeDrawer
      title={title}
      size={mode === undefined ? 760 : 1000}
      onClose={() => (mode === undefined ? onClose() : leave())}
      actions={query.data && mode === undefined && <Actions sheet={query.data} onMode={setMode} onDone={onClose} />}
    >
      <Loaded query={query}>
        {(sheet) => (
          <>
            <HandshakeFacts sheet={sheet} />
            {sheet.content.serves !== '' && (
              <p className="mw-soft">{t('transfers.serves', { number: sheet.content.serves })}</p>
            )}
            {sheet.content.exceeds !== '' && (
              <p className="mw-negative">{t('deposits.exceeded', { reason: sheet.content.exceeds })}</p>
            )}
            {mode === 'count' && <CountForm sheet={sheet} onDone={onClose} onClose={leave} />}
            {mode === 'decide' && <DecideForm sheet={sheet} onDone={() => setMode(undefined)} onClose={leave} />}
            {mode === undefined && (
              <Section title={`${sheet.content.from.name} → ${sheet.content.to.name}`}>
                <TransferLines sheet={sheet} />
              </Section>
            )}
            {sheet.closures.length > 0 && (
              <Section title={t('transfers.decided')}>
                <TransferClosures sheet={sheet} />
              </Section>
            )}
          </>
        )}
      </Loaded>
    </HandshakeDrawer>
  );
}

type ActionsProps = Readonly<{ sheet: Transfer; onMode: (mode: Mode) => void; onDone: () => void }>;

function Actions({ sheet, onMode, onDone }: ActionsProps) {
  const t = useText();
  const may = useMay();
  const [isPrinting, setPrinting] = useState(false);
  const isWaiting = sheet.isForUs && sheet.state === 'waiting' && may('stock.receive');
  const isBack = sheet.isOurs && sheet.state === 'refused' && may('stock.receive');
  const isToDecide = sheet.isOurs && sheet.state === 'accepted' && sheet.lines.some(({ open }) => isOpen(open));
  return (
    <>
      <ActionButton hotkey="Alt+P" onClick={() => setPrinting(true)}>
        {t('common.print')}
      </ActionButton>
      {isWaiting && <Receiving sheet={sheet} onCount={() => onMode('count')} onDone={onDone} />}
      {isBack && <TakingBack sheet={sheet} onDone={onDone} />}
      {isToDecide && may('requisition.decide') && (
        <ActionButton autoFocus type="primary" onClick={() => onMode('decide')}>
          {t('transfers.decide')}
        </ActionButton>
      )}
      {isPrinting && <TransferSlip sheet={sheet} onClose={() => setPrinting(false)} />}
    </>
  );
}

type ReceivingProps = Readonly<{ sheet: Transfer; onCount: () => void; onDone: () => void }>;

function Receiving({ sheet: { id, number }, onCount, onDone }: ReceivingProps) {
  const t = useText();
  const { message } = App.useApp();
  const sayWhy = useSayWhy();
  const receive = useOperation('transfers.receive');
  const refuse = useOperation('transfers.refuse');
  const [isRefusing, setRefusing] = useState(false);

  function onIn({ documentNumber }: OutputOf<'transfers.receive'>): void {
    void message.success(t('transfers.isIn', { number, document: documentNumber }));
    onDone();
  }

  return (
    <>
      <ActionButton hotkey="Alt+R" onClick={() => setRefusing(true)}>
        {t('handshakes.refuse')}
      </ActionButton>
      <ActionButton hotkey="Alt+C" onClick={onCount}>
        {t('transfers.count')}
      </ActionButton>
      {/* Enter opened it, Enter receives it. */}
      <ActionButton
        autoFocus
        type="primary"
        loading={receive.isPending}
        onClick={() => receive.mutate({ id }, { onSuccess: onIn, onError: sayWhy })}
      >
        {t('transfers.receive')}
      </ActionButton>
      {isRefusing && (
        <ReasonDialog
          title={`${t('handshakes.refuse')} · ${number}`}
          submitText={t('handshakes.refuse')}
          operation={refuse}
          onSubmit={(reason) => refuse.mutate({ id, reason }, { onSuccess: () => setRefusing(false) })}
          onClose={() => setRefusing(false)}
        />
      )}
    </>
  );
}

function TakingBack({ sheet: { id, number }, onDone }: Readonly<{ sheet: Transfer; onDone: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const sayWhy = useSayWhy();
  const takeBack = useOperation('transfers.takeBack');

  function onIn({ documentNumber }: OutputOf<'transfers.takeBack'>): void {
    void message.success(t('transfers.isIn', { number, document: documentNumber }));
    onDone();
  }

  return (
    <ActionButton
      autoFocus
      type="primary"
      loading={takeBack.isPending}
      onClick={() => takeBack.mutate({ id }, { onSuccess: onIn, onError: sayWhy })}
    >
      {t('transfers.takeBack')}
    </ActionButton>
  );
}
