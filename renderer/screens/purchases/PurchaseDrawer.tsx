import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { lineAmount } from '#domain/quantity.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  DateText,
  Facts,
  type LineColumn,
  LineTable,
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
import { PartName } from '../stock/PartName.tsx';
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
  const columns: readonly LineColumn<Purchase['lines'][number]>[] = [
    {
      title: t('stock.columns.part'),
      render: ({ partNumber, part }) => <PartName number={partNumber} name={part} />,
    },
    {
      title: t('purchases.ordered'),
      isNumber: true,
      render: ({ quantity, measure }) => <QuantityText value={quantity} unit={measure} />,
    },
    {
      title: t('purchases.received'),
      isNumber: true,
      render: ({ received, quantity }) => (
        <span className={received > quantity ? 'mw-negative' : ''}>
          <QuantityText value={received} />
        </span>
      ),
    },
    {
      title: t('purchases.outstanding'),
      isNumber: true,
      render: ({ outstanding }) => (
        <span className={isWaiting && outstanding > 0 ? 'mw-purchase-open' : ''}>
          <QuantityText value={outstanding} />
        </span>
      ),
    },
    {
      title: t('purchases.returned'),
      isNumber: true,
      render: ({ returned }) => <QuantityText value={returned === 0 ? null : returned} />,
    },
    { title: t('purchases.agreedPrice'), isNumber: true, render: ({ price }) => <MoneyText value={price} /> },
    {
      title: t('stock.columns.amount'),
      isNumber: true,
      render: ({ quantity, price }) => <MoneyText value={lineAmount(quantity, price)} />,
      foot: <MoneyText value={lines.reduce((sum, line) => sum + lineAmount(line.quantity, line.price), 0)} />,
    },
    {
      title: '',
      render: ({ partId: id, partNumber: number, part: name }) => <PricesButton part={{ id, number, name }} />,
    },
  ];
  return (
    <LineTable
      className="mw-document-lines"
      rows={lines}
      columns={columns}
      keyOf={({ id }) => id}
      lineNoOf={({ lineNo }) => lineNo}
      count={t('stock.lineCount', { count: lines.length })}
    />
  );
}

type DocumentsProps = Readonly<{ purchase: Purchase; onOpen: (id: string) => void }>;

/** What came and what went back, each with its paper. */
function Documents({ purchase, onOpen }: DocumentsProps) {
  const t = useText();
  const columns: readonly LineColumn<Purchase['documents'][number]>[] = [
    {
      title: '',
      render: ({ id, number, reversedBy }) => (
        <>
          <Button type="link" size="small" onClick={() => onOpen(id)}>
            {number}
          </Button>{' '}
          {reversedBy && <ToneTag tone="bad">{t('stock.isReversed', { number: reversedBy })}</ToneTag>}
        </>
      ),
    },
    { title: '', render: ({ kind }) => t(`stock.kinds.${kind}`) },
    { title: '', render: ({ movedOn }) => <DateText value={movedOn} /> },
    { title: '', render: ({ employee }) => employee },
    {
      title: '',
      isNumber: true,
      render: ({ value }) => (
        <span className={value < 0 ? 'mw-negative' : ''}>
          <MoneyText value={value} />
        </span>
      ),
    },
  ];
  return (
    <Section title={t('purchases.documents')}>
      <LineTable rows={purchase.documents} columns={columns} keyOf={({ id }) => id} />
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
