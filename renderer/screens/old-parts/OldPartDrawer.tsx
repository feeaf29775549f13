import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  DateText,
  DateTimeText,
  Facts,
  type LineColumn,
  LineTable,
  Loaded,
  MoneyText,
  QuantityText,
  Section,
  ToneTag,
} from '#renderer/ui/index.ts';
import { DocumentDrawer } from '../stock/DocumentDrawer.tsx';
import { DrawerKeys } from '../stock/DrawerKeys.tsx';
import { type Deed, DeedDialog, UndoDialog } from './DeedDialog.tsx';

export type OldPartSheet = OutputOf<'oldParts.get'>;
type Entry = OldPartSheet['entries'][number];

/** One debt: what is open of it, every entry behind that, and what can be done about it. */
export function OldPartDrawer({ id, onClose }: Readonly<{ id: string; onClose: () => void }>) {
  const t = useText();
  const query = useQueryOperation('oldParts.get', { id });
  const [deed, setDeed] = useState<Deed>();
  const title = query.data ? t('oldParts.sheet', { number: query.data.number }) : '';
  return (
    <Drawer
      open
      size={980}
      onClose={onClose}
      title={title}
      keyboard={false}
      extra={query.data && <Deeds sheet={query.data} onChoose={setDeed} />}
    >
      <DrawerKeys onClose={onClose} />
      <Loaded query={query}>
        {(sheet) => (
          <>
            <SheetFacts sheet={sheet} />
            <Entries sheet={sheet} />
            {deed !== undefined && <DeedDialog deed={deed} sheet={sheet} onClose={() => setDeed(undefined)} />}
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

/** What is to be done, for whoever may. */
function Deeds({ sheet, onChoose }: Readonly<{ sheet: OldPartSheet; onChoose: (deed: Deed) => void }>) {
  const t = useText();
  const may = useMay();
  const { uninspected, uncredited, open } = sheet;
  const deeds: readonly Deed[] = [
    ...(may('old-parts.receive') && uninspected > 0 ? (['accepted', 'rejected'] as const) : []),
    ...(may('old-parts.decide') && uncredited > 0 ? (['credited'] as const) : []),
    ...(may('old-parts.decide') && open > 0 ? (['charged', 'forgiven'] as const) : []),
  ];
  return (
    <div className="mw-drawer-actions">
      {deeds.map((deed) => (
        <Button key={deed} onClick={() => onChoose(deed)}>
          {t(`oldParts.deeds.${deed}`)}
        </Button>
      ))}
    </div>
  );
}

function SheetFacts({ sheet }: Readonly<{ sheet: OldPartSheet }>) {
  const t = useText();
  const quantity = (value: number) => <QuantityText value={value} unit={sheet.measure} />;
  return (
    <Facts
      columns={2}
      labelWidth={96}
      facts={[
        { label: t('stock.columns.part'), value: `${sheet.partNumber} ${sheet.part}` },
        { label: t('oldParts.columns.debtor'), value: sheet.debtor },
        {
          label: t('oldParts.columns.dueOn'),
          value: (
            <>
              <DateText value={sheet.dueOn} />{' '}
              {sheet.isOverdue && <ToneTag tone="bad">{t('oldParts.isOverdue')}</ToneTag>}
            </>
          ),
        },
        { label: t('oldParts.columns.unitAmount'), value: <MoneyText value={sheet.unitAmount} /> },
        { label: t('oldParts.columns.open'), value: <strong>{quantity(sheet.open)}</strong> },
        {
          label: t('oldParts.columns.openAmount'),
          value: (
            <strong>
              <MoneyText value={sheet.openAmount} />
            </strong>
          ),
        },
        { label: t('oldParts.columns.uninspected'), value: quantity(sheet.uninspected) },
        { label: t('oldParts.columns.held'), value: quantity(sheet.held) },
        { label: t('oldParts.columns.uncredited'), value: quantity(sheet.uncredited) },
        { label: t('oldParts.columns.credit'), value: <MoneyText value={sheet.credit} /> },
        { label: t('oldParts.columns.document'), value: sheet.document },
        { label: t('stock.columns.workOrder'), value: sheet.workOrder },
      ]}
    />
  );
}

function Entries({ sheet }: Readonly<{ sheet: OldPartSheet }>) {
  const t = useText();
  const may = useMay();
  const [documentId, setDocumentId] = useState<string>();
  const [undone, setUndone] = useState<Entry>();
  const mayUndo = ({ kind, isUndone }: Entry) =>
    may('old-parts.decide') && !isUndone && (kind === 'forgiven' || kind === 'charged');
  const columns: readonly LineColumn<Entry>[] = [
    { title: t('fields.at'), render: ({ at }) => <DateTimeText value={at} /> },
    { title: t('oldParts.columns.entry'), render: ({ kind }) => t(`oldParts.entryKinds.${kind}`) },
    { title: t('stock.columns.quantity'), isNumber: true, render: ({ pieces }) => <QuantityText value={pieces} /> },
    {
      title: t('oldParts.columns.change'),
      isNumber: true,
      render: ({ quantity }) => (
        <span className={quantity < 0 ? 'mw-negative' : ''}>
          {quantity === 0 ? '' : <QuantityText value={quantity} />}
        </span>
      ),
    },
    {
      title: t('stock.columns.amount'),
      isNumber: true,
      render: ({ kind, credit, amount }) => <MoneyText value={kind === 'credited' ? credit : amount} />,
    },
    {
      title: t('stock.columns.note'),
      render: (entry) => (
        <>
          {entry.document !== null && entry.documentId !== null && (
            <Button type="link" size="small" onClick={() => setDocumentId(entry.documentId ?? undefined)}>
              {entry.document}
            </Button>
          )}{' '}
          {[entry.deposit, entry.reason].filter(Boolean).join(' · ')}
        </>
      ),
    },
    { title: t('stock.columns.employee'), render: ({ employee }) => employee },
    {
      title: '',
      render: (entry) =>
        mayUndo(entry) && (
          <Button type="link" size="small" onClick={() => setUndone(entry)}>
            {t('oldParts.undo')}
          </Button>
        ),
    },
  ];
  return (
    <Section title={t('oldParts.entries')}>
      <LineTable className="mw-old-entries" rows={sheet.entries} columns={columns} keyOf={({ id }) => id} />
      {documentId !== undefined && <DocumentDrawer id={documentId} onClose={() => setDocumentId(undefined)} />}
      {undone && <UndoDialog entryId={undone.id} onClose={() => setUndone(undefined)} />}
    </Section>
  );
}
