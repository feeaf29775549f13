import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { quantityOf, type Lot } from '#domain/stock/lots.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, MoneyInput, QuantityInput } from '#renderer/ui/index.ts';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';
import { LotsDialog } from '../stock/LotsDialog.tsx';
import { LotTags } from '../stock/LotTags.tsx';
import type { OldPartSheet } from './OldPartDrawer.tsx';

/** What can be done with a debt: inspect what came back, credit what was sent, decide about what is still owed. */
export type Deed = 'accepted' | 'rejected' | 'credited' | 'charged' | 'forgiven';

type Values = Readonly<{ quantity: number; amount: number; reason: string }>;
type Props = Readonly<{ deed: Deed; sheet: OldPartSheet; onClose: () => void }>;

/** Of how many: all, unless somebody says otherwise; and why, where that has to be said. */
export function DeedDialog({ deed, sheet, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [lots, setLots] = useState<readonly Lot[]>([]);
  const operation = useDeed(deed);
  const namesLots = deed === 'rejected' && sheet.tracking !== 'none';
  const quantity =
    deed === 'credited' ? sheet.uncredited : deed === 'charged' || deed === 'forgiven' ? sheet.open : sheet.uninspected;

  function submit(values: Values): void {
    operation.run({ id: sheet.id, lots: [...lots], ...values }, () => {
      void message.success(t('oldParts.done', { deed: t(`oldParts.entryKinds.${deed}`), number: sheet.number }));
      onClose();
    });
  }

  return (
    <Dialog isOpen title={`${t(`oldParts.deeds.${deed}`)} · ${sheet.number}`} onClose={onClose} width={460}>
      <p className="mw-soft">{t(`oldParts.deedTexts.${deed}`)}</p>
      <EntryForm<Values>
        form={form}
        initialValues={{ quantity, amount: 0, reason: '' }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t(`oldParts.deeds.${deed}`)}
        onCancel={onClose}
        onSubmit={submit}
      >
        <Form.Item name="quantity" label={t('stock.columns.quantity')}>
          <QuantityInput autoFocus unit={sheet.measure} />
        </Form.Item>
        {namesLots && (
          <LotsOfDeed
            sheet={sheet}
            lots={lots}
            onChange={(taken) => {
              setLots(taken);
              form.setFieldValue('quantity', quantityOf(taken));
            }}
          />
        )}
        {deed === 'credited' && (
          <Form.Item name="amount" label={t('oldParts.creditAmount')}>
            <MoneyInput />
          </Form.Item>
        )}
        <Form.Item name="reason" label={t('handshakes.reason')}>
          <Input maxLength={500} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}

type LotsProps = Readonly<{ sheet: OldPartSheet; lots: readonly Lot[]; onChange: (lots: readonly Lot[]) => void }>;

/** Which of them are handed back. */
function LotsOfDeed({ sheet, lots, onChange }: LotsProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const { partId: id, partNumber: number, part: name, measure, tracking } = sheet;
  return (
    <div className="mw-lots-line">
      <LotTags lots={lots} tracking={tracking} />
      <Button type="link" size="small" onClick={() => setOpen(true)}>
        {t('lots.name')}
      </Button>
      {isOpen && (
        <LotsDialog
          part={{ id, number, name, measure, tracking }}
          lots={lots}
          warehouseId={null}
          onDone={(taken) => {
            setOpen(false);
            onChange(taken);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

/** The operation behind a deed. */
function useDeed(deed: Deed) {
  const inspect = useOperation('oldParts.inspect');
  const credit = useOperation('oldParts.credit');
  const charge = useOperation('oldParts.charge');
  const forgive = useOperation('oldParts.forgive');
  const operation =
    deed === 'credited' ? credit : deed === 'charged' ? charge : deed === 'forgiven' ? forgive : inspect;
  type Done = Values & Readonly<{ id: string; lots: Lot[] }>;
  function run({ id, quantity, amount, reason, lots }: Done, onSuccess: () => void): void {
    const of = { id, quantity, reason };
    if (deed === 'credited') credit.mutate({ ...of, amount }, { onSuccess });
    else if (deed === 'charged') charge.mutate(of, { onSuccess });
    else if (deed === 'forgiven') forgive.mutate(of, { onSuccess });
    else inspect.mutate({ ...of, decision: deed, lots }, { onSuccess });
  }
  return { run, error: operation.error, isPending: operation.isPending };
}

/** A decision is taken back with its reason. */
export function UndoDialog({ entryId, onClose }: Readonly<{ entryId: string; onClose: () => void }>) {
  const t = useText();
  const operation = useOperation('oldParts.undo');
  return (
    <ReasonDialog
      title={t('oldParts.undoTitle')}
      submitText={t('oldParts.undo')}
      operation={operation}
      onSubmit={(reason) => operation.mutate({ entryId, reason }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
