import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { lineAmount } from '#domain/quantity.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  DateText,
  Facts,
  Loaded,
  MoneyText,
  QuantityText,
  Section,
  Timeline,
  type Tone,
  ToneTag,
  useToday,
} from '#renderer/ui/index.ts';
import { DocumentDrawer } from '../stock/DocumentDrawer.tsx';
import { DrawerKeys } from '../stock/DrawerKeys.tsx';
import { PricesButton } from './PriceDrawer.tsx';
import { PurchaseActions } from './PurchaseActions.tsx';
import { isOverdue, type Purchase, PurchaseTag } from './states.tsx';

type Props = Readonly<{ id: string; onEdit: (purchase: Purchase) => void; onClose: () => void }>;

/** One order: what was ordered and what came of it, who did what, and what can be done now. */
export function PurchaseDrawer({ id, onEdit, onClose }: Props) {
  const t = useText();
  const query = useQueryOperation('purchases.get', { id });
  return (
    <Drawer
      open
      size={980}
      onClose={onClose}
      keyboard={false}
      title={query.data ? t('purchases.title', { number: query.data.number }) : ''}
      extra={query.data && <PurchaseActions purchase={query.data} onEdit={onEdit} />}
    >
      <DrawerKeys onClose={onClose} />
      <Loaded query={query}>{(purchase) => <Sheet purchase={purchase} />}</Loaded>
    </Drawer>
  );
}

function Sheet({ purchase }: Readonly<{ purchase: Purchase }>) {
  const t = useText();
  const [documentId, setDocumentId] = useState<string>();
  return (
    <>
      <Head purchase={purchase} />
      <Lines purchase={purchase} />
      {purchase.documents.length > 0 && <Documents purchase={purchase} onOpen={setDocumentId} />}
      <Section title={t('purchases.history')}>
        <Timeline entries={purchase.steps.toReversed().map((step) => entryOf(t, step))} />
      </Section>
      {documentId !== undefined && <DocumentDrawer id={documentId} onClose={() => setDocumentId(undefined)} />}
    </>
  );
}

function Head({ purchase }: Readonly<{ purchase: Purchase }>) {
  const t = useText();
  const today = useToday();
  return (
    <Facts
      columns={3}
      labelWidth={92}
      facts={[
        { label: t('purchases.state'), value: <PurchaseTag state={purchase.state} /> },
        { label: t('stock.columns.supplier'), value: purchase.supplier },
        { label: t('stock.columns.warehouse'), value: purchase.warehouse },
        { label: t('purchases.requester'), value: purchase.requester },
        { label: t('purchases.requestedOn'), value: <DateText value={purchase.requestedOn} /> },
        { label: t('purchases.orderedOn'), value: <DateText value={purchase.orderedOn} /> },
        {
          label: t('purchases.wishedOn'),
          value: isOverdue(purchase, today) ? (
            <ToneTag tone="bad">{t('purchases.isOverdue', { date: purchase.wishedOn ?? '' })}</ToneTag>
          ) : (
            <DateText value={purchase.wishedOn} />
          ),
        },
        { label: t('stock.note'), value: purchase.note },
      ]}
    />
  );
}

function Lines({ purchase: { lines, state } }: Readonly<{ purchase: Purchase }>) {
  const t = useText();
  const isWaiting = state === 'ordered';
  return (
    <table className="mw-draft mw-document-lines">
      <thead>
        <tr>
          <th className="is-number">#</th>
          <th>{t('stock.columns.part')}</th>
          <th className="is-number">{t('purchases.ordered')}</th>
          <th className="is-number">{t('purchases.received')}</th>
          <th className="is-number">{t('purchases.outstanding')}</th>
          <th className="is-number">{t('purchases.returned')}</th>
          <th className="is-number">{t('purchases.agreedPrice')}</th>
          <th className="is-number">{t('stock.columns.amount')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td className="is-number mw-soft">{line.lineNo}</td>
            <td>
              <span className="mw-part-number">{line.partNumber}</span> {line.part}
            </td>
            <td className="is-number">
              <QuantityText value={line.quantity} /> {line.measure}
            </td>
            <td className={line.received > line.quantity ? 'is-number mw-negative' : 'is-number'}>
              <QuantityText value={line.received} />
            </td>
            <td className={isWaiting && line.outstanding > 0 ? 'is-number mw-purchase-open' : 'is-number'}>
              <QuantityText value={line.outstanding} />
            </td>
            <td className="is-number">
              <QuantityText value={line.returned === 0 ? null : line.returned} />
            </td>
            <td className="is-number">
              <MoneyText value={line.price} />
            </td>
            <td className="is-number">
              <MoneyText value={lineAmount(line.quantity, line.price)} />
            </td>
            <td>
              <PricesButton part={{ id: line.partId, number: line.partNumber, name: line.part }} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={6}>{t('stock.lineCount', { count: lines.length })}</td>
          <td className="is-number">{t('common.total')}</td>
          <td className="is-number">
            <MoneyText value={lines.reduce((sum, line) => sum + lineAmount(line.quantity, line.price), 0)} />
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

type DocumentsProps = Readonly<{ purchase: Purchase; onOpen: (id: string) => void }>;

/** What came and what went back, each with its paper. */
function Documents({ purchase, onOpen }: DocumentsProps) {
  const t = useText();
  return (
    <Section title={t('purchases.documents')}>
      <table className="mw-draft">
        <tbody>
          {purchase.documents.map((document) => (
            <tr key={document.id}>
              <td>
                <Button type="link" size="small" onClick={() => onOpen(document.id)}>
                  {document.number}
                </Button>{' '}
                {document.reversedBy && (
                  <ToneTag tone="bad">{t('stock.isReversed', { number: document.reversedBy })}</ToneTag>
                )}
              </td>
              <td>{t(`stock.kinds.${document.kind}`)}</td>
              <td>
                <DateText value={document.movedOn} />
              </td>
              <td>{document.employee}</td>
              <td className={document.value < 0 ? 'is-number mw-negative' : 'is-number'}>
                <MoneyText value={document.value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

type Step = Purchase['steps'][number];

const TONES: Readonly<Record<Step['step'], Tone>> = {
  requested: 'active',
  changed: 'active',
  approved: 'active',
  refused: 'bad',
  ordered: 'active',
  received: 'good',
  reversed: 'bad',
  closed: 'good',
  cancelled: 'bad',
};

function entryOf(t: Translate, { id, step, reason, at, employee, documentNumber }: Step) {
  const title = `${t(`purchases.steps.${step}`)}${documentNumber === null ? '' : ` ${documentNumber}`}`;
  const note = step === 'received' && reason !== '' ? t('purchases.overTaken', { reason }) : reason;
  return { key: id, at, by: employee, title, note, tone: TONES[step] };
}
