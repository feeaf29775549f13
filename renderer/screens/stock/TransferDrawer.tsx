import { App } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Loaded, MoneyText, QuantityText, Section } from '#renderer/ui/index.ts';
import { HandshakeDrawer, HandshakeFacts } from '../handshakes/HandshakeDrawer.tsx';
import { useSayWhy } from '../handshakes/say-why.ts';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';

type Sheet = OutputOf<'transfers.get'>;

/** One transfer with its lines: received or refused by whom it was sent to, taken back by the sender. */
export function TransferDrawer({ id, onClose }: Readonly<{ id: string; onClose: () => void }>) {
  const t = useText();
  const query = useQueryOperation('transfers.get', { id });
  const title = query.data ? t('transfers.sheet', { number: query.data.number }) : '';
  return (
    <HandshakeDrawer
      title={title}
      onClose={onClose}
      actions={query.data && <Actions sheet={query.data} onDone={onClose} />}
    >
      <Loaded query={query}>
        {(sheet) => (
          <>
            <HandshakeFacts sheet={sheet} />
            <Section title={`${sheet.content.from.name} → ${sheet.content.to.name}`}>
              <Lines lines={sheet.content.lines} />
            </Section>
          </>
        )}
      </Loaded>
    </HandshakeDrawer>
  );
}

function Lines({ lines }: Readonly<{ lines: Sheet['content']['lines'] }>) {
  const t = useText();
  return (
    <table className="mw-draft mw-document-lines">
      <thead>
        <tr>
          <th className="is-number">#</th>
          <th>{t('stock.columns.part')}</th>
          <th className="is-number">{t('stock.columns.quantity')}</th>
          <th className="is-number">{t('stock.columns.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={`${line.partId} ${index}`}>
            <td className="is-number mw-soft">{index + 1}</td>
            <td>
              <span className="mw-part-number">{line.number}</span> {line.name}
            </td>
            <td className="is-number">
              <QuantityText value={line.quantity} /> {line.measure}
            </td>
            <td className="is-number">
              <MoneyText value={line.value} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>{t('stock.lineCount', { count: lines.length })}</td>
          <td className="is-number">{t('common.total')}</td>
          <td className="is-number">
            <MoneyText value={lines.reduce((sum, { value }) => sum + value, 0)} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

type ActionsProps = Readonly<{ sheet: Sheet; onDone: () => void }>;

function Actions({ sheet, onDone }: ActionsProps) {
  const t = useText();
  const may = useMay();
  const { message } = App.useApp();
  const sayWhy = useSayWhy();
  const receive = useOperation('transfers.receive');
  const takeBack = useOperation('transfers.takeBack');
  const refuse = useOperation('transfers.refuse');
  const [isRefusing, setRefusing] = useState(false);
  const { id, number } = sheet;
  if (!may('stock.receive')) return null;

  function onIn({ documentNumber }: OutputOf<'transfers.takeBack'>): void {
    void message.success(t('transfers.isIn', { number, document: documentNumber }));
    onDone();
  }

  return (
    <>
      {sheet.isForUs && sheet.state === 'waiting' && (
        <>
          <ActionButton hotkey="Alt+R" onClick={() => setRefusing(true)}>
            {t('handshakes.refuse')}
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
        </>
      )}
      {sheet.isOurs && sheet.state === 'refused' && (
        <ActionButton
          autoFocus
          type="primary"
          loading={takeBack.isPending}
          onClick={() => takeBack.mutate({ id }, { onSuccess: onIn, onError: sayWhy })}
        >
          {t('transfers.takeBack')}
        </ActionButton>
      )}
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
