import { BarcodeOutlined } from '@ant-design/icons';
import { App, Button, Input } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  Dialog,
  ErrorNotice,
  useAskIfUnsaved,
  useDirtyGuard,
  useEnterToNext,
  useHotkey,
} from '#renderer/ui/index.ts';
import { faultyLineOf } from '../stock/StockForm.tsx';
import { DeliveryTable } from './DeliveryTable.tsx';
import { allOutstanding, cameOf, emptyDelivery, isOver, scanned } from './delivery.ts';
import type { Purchase } from './states.tsx';

type Props = Readonly<{ purchase: Purchase; onClose: () => void }>;

/** A delivery is counted by scanner or by hand, and comes in at what it cost. */
export function ReceiveDialog({ purchase, onClose }: Props) {
  const t = useText();
  const ask = useAskIfUnsaved();
  return (
    <Dialog
      isOpen
      width={960}
      title={t('purchases.receiveTitle', { number: purchase.number, supplier: purchase.supplier })}
      onClose={() => ask(onClose)}
    >
      <ReceiveForm purchase={purchase} onClose={onClose} />
    </Dialog>
  );
}

function ReceiveForm({ purchase, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const { id, version, lines } = purchase;
  const [delivery, setDelivery] = useState(() => emptyDelivery(lines));
  const [note, setNote] = useState('');
  const [overDeliveryReason, setReason] = useState('');
  const operation = useOperation('purchases.receive');
  const came = cameOf(delivery, lines);
  useDirtyGuard(came.length > 0 && !operation.isSuccess);
  const ask = useAskIfUnsaved();
  useHotkey('Escape', () => ask(onClose));
  const isOverdelivered = lines.some((line) => isOver(delivery, line));
  const isReady = came.length > 0 && (!isOverdelivered || overDeliveryReason.trim() !== '');
  const faulty = faultyLineOf(operation.error);
  const faultyId = faulty === undefined ? undefined : came[faulty - 1]?.lineId;

  function save(): void {
    const input = { id, version, lines: came, note, overDeliveryReason: isOverdelivered ? overDeliveryReason : '' };
    operation.mutate(input, {
      onSuccess: ({ number }) => {
        void message.success(t('purchases.isReceived', { number }));
        onClose();
      },
    });
  }

  return (
    <div className="mw-stock-form" onKeyDown={useEnterToNext()}>
      <ScanField
        onScan={(code, last) => {
          const next = scanned(delivery, lines, code, last);
          setDelivery(next.delivery);
          return next.lineId;
        }}
      />
      <DeliveryTable lines={lines} delivery={delivery} onChange={setDelivery} faultyId={faultyId} />
      {isOverdelivered && (
        <label className="mw-purchase-over">
          {t('purchases.overReason')} <span className="mw-negative">*</span>
          <Input
            value={overDeliveryReason}
            maxLength={200}
            status={overDeliveryReason.trim() === '' ? 'error' : ''}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      )}
      <ErrorNotice error={operation.error} />
      <div className="mw-stock-foot">
        <Input
          aria-label={t('stock.note')}
          placeholder={t('purchases.deliveryNote')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        <ActionButton hotkey="Alt+A" onClick={() => setDelivery(allOutstanding(delivery, lines))}>
          {t('purchases.takeAll')}
        </ActionButton>
        <Button onClick={() => ask(onClose)}>{t('common.cancel')}</Button>
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          disabled={!isReady}
          loading={operation.isPending}
          onClick={save}
        >
          {t('purchases.receive')}
        </ActionButton>
      </div>
    </div>
  );
}

type ScanProps = Readonly<{
  /** Answers the line that was counted; undefined where the code is none of this order's. */
  onScan: (code: string, last: string | undefined) => string | undefined;
}>;

/** The scanner types here, each code with an Enter behind it. */
function ScanField({ onScan }: ScanProps) {
  const t = useText();
  const [code, setCode] = useState('');
  const [unknown, setUnknown] = useState('');
  const [lastId, setLastId] = useState<string>();

  function press(event: KeyboardEvent): void {
    const typed = code.trim();
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing || typed === '')
      return;
    event.preventDefault();
    event.stopPropagation(); // Enter would go to the next field.
    const lineId = onScan(typed, lastId);
    setUnknown(lineId === undefined ? typed : '');
    if (lineId !== undefined) setLastId(lineId);
    setCode('');
  }

  return (
    <div className="mw-purchase-scan">
      <Input
        autoFocus
        aria-label={t('purchases.scan')}
        placeholder={t('purchases.scan')}
        prefix={<BarcodeOutlined />}
        autoComplete="off"
        maxLength={100}
        value={code}
        onKeyDown={press}
        onChange={(event) => setCode(event.target.value)}
      />
      <span className={unknown === '' ? 'mw-soft' : 'mw-negative'} role="status">
        {unknown === '' ? t('purchases.scanHint') : t('purchases.scanUnknown', { code: unknown })}
      </span>
    </div>
  );
}
