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
  const quantity = (value: number) => (
    <>
      <QuantityText value={value} /> {sheet.measure}
    </>
  );
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
  return (
    <Section title={t('oldParts.entries')}>
      <table className="mw-draft mw-old-entries">
        <thead>
          <tr>
            <th>{t('fields.at')}</th>
            <th>{t('oldParts.columns.entry')}</th>
            <th className="is-number">{t('stock.columns.quantity')}</th>
            <th className="is-number">{t('oldParts.columns.change')}</th>
            <th className="is-number">{t('stock.columns.amount')}</th>
            <th>{t('stock.columns.note')}</th>
            <th>{t('stock.columns.employee')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {sheet.entries.map((entry) => (
            <tr key={entry.id}>
              <td>
                <DateTimeText value={entry.at} />
              </td>
              <td>{t(`oldParts.entryKinds.${entry.kind}`)}</td>
              <td className="is-number">
                <QuantityText value={entry.pieces} />
              </td>
              <td className={entry.quantity < 0 ? 'is-number mw-negative' : 'is-number'}>
                {entry.quantity === 0 ? '' : <QuantityText value={entry.quantity} />}
              </td>
              <td className="is-number">
                <MoneyText value={entry.kind === 'credited' ? entry.credit : entry.amount} />
              </td>
              <td>
                {entry.document !== null && entry.documentId !== null && (
                  <Button type="link" size="small" onClick={() => setDocumentId(entry.documentId ?? undefined)}>
                    {entry.document}
                  </Button>
                )}{' '}
                {[entry.deposit, entry.reason].filter(Boolean).join(' · ')}
              </td>
              <td>{entry.employee}</td>
              <td>
                {mayUndo(entry) && (
                  <Button type="link" size="small" onClick={() => setUndone(entry)}>
                    {t('oldParts.undo')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {documentId !== undefined && <DocumentDrawer id={documentId} onClose={() => setDocumentId(undefined)} />}
      {undone && <UndoDialog entryId={undone.id} onClose={() => setUndone(undefined)} />}
    </Section>
  );
}
