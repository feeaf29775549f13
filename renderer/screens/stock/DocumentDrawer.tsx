import { App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { lineAmount, ONE_PIECE } from '#domain/quantity.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import type { TextKey } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  ConfirmButton,
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
  useFormat,
} from '#renderer/ui/index.ts';
import { useSayWhy } from '../handshakes/say-why.ts';
import { DocumentSlip } from './DocumentSlip.tsx';
import { DrawerKeys } from './DrawerKeys.tsx';
import { kindText } from './kinds.ts';
import { LabelsDialog, MOST_LABELS } from './labels/LabelsDialog.tsx';
import { LotTags } from './LotTags.tsx';
import { MovesPanel } from './MovesPanel.tsx';
import { PartName } from './PartName.tsx';
import { ReturnDialog } from './ReturnDialog.tsx';
import { IssueSlipDialog } from './IssueSlipDialog.tsx';
import { SupplierReturnDialog } from './SupplierReturnDialog.tsx';

type StockDocument = OutputOf<'stock.document'>;
type Props = Readonly<{ id: string; onClose: () => void }>;

/** One document with its lines; a receipt, an issue or a return to a supplier can be reversed here. */
export function DocumentDrawer({ id, onClose }: Props) {
  const t = useText();
  const query = useQueryOperation('stock.document', { id });
  const title = query.data
    ? t('stock.documentTitle', { kind: t(`stock.kinds.${query.data.kind}`), number: query.data.number })
    : '';
  return (
    <Drawer
      open
      size={760}
      onClose={onClose}
      title={title}
      keyboard={false}
      extra={query.data && <Actions document={query.data} />}
    >
      <DrawerKeys onClose={onClose} />
      <Loaded query={query}>{(document) => <Sheet document={document} />}</Loaded>
    </Drawer>
  );
}

function Sheet({ document }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  const partner =
    (document.kind === 'receipt' && document.transfer === null) || document.supplier
      ? { label: t('stock.columns.supplier'), value: document.supplier }
      : { label: t('stock.columns.recipient'), value: document.recipient };
  return (
    <>
      <Facts
        columns={2}
        facts={[
          {
            label: t('stock.columns.kind'),
            value: (
              <>
                {kindText(t, document)}{' '}
                {document.reversedBy && (
                  <ToneTag tone="bad">{t('stock.isReversed', { number: document.reversedBy })}</ToneTag>
                )}
                {document.reverses && (
                  <ToneTag tone="special">{t('stock.reverses', { number: document.reverses })}</ToneTag>
                )}
              </>
            ),
          },
          { label: t('stock.columns.movedOn'), value: <DateText value={document.movedOn} /> },
          { label: t('stock.columns.warehouse'), value: document.warehouse },
          ...(document.purchase ? [{ label: t('stock.columns.purchase'), value: document.purchase }] : []),
          ...(document.returns ? [{ label: t('stock.columns.returns'), value: document.returns }] : []),
          ...(document.transfer ? [{ label: t('stock.columns.transfer'), value: document.transfer }] : []),
          document.workOrder ? { label: t('stock.columns.workOrder'), value: document.workOrder } : partner,
          { label: t('stock.columns.employee'), value: document.employee },
          { label: t('fields.at'), value: <DateTimeText value={document.at} /> },
          { label: t('stock.columns.note'), value: document.note },
          ...(document.returns ? [{ label: t('slips.ofDocument'), value: document.returns }] : []),
          ...(document.customerClass
            ? [{ label: t('issues.customerClass'), value: t(`issues.customerClasses.${document.customerClass}`) }]
            : []),
        ]}
      />
      <Lines document={document} />
      <OwedOldParts document={document} />
    </>
  );
}

function Lines({ document: { lines } }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  const format = useFormat();
  const [explained, setExplained] = useState<StockDocument['lines'][number]>();
  const columns: readonly LineColumn<StockDocument['lines'][number]>[] = [
    {
      title: t('stock.columns.part'),
      render: ({ partNumber, part, lots, tracking, returned }) => (
        <PartName number={partNumber} name={part}>
          {lots.length > 0 && (
            <div className="mw-lots-line">
              <LotTags lots={lots} tracking={tracking} />
            </div>
          )}
          {returned > 0 && (
            <div className="mw-soft">{t('returns.cameBack', { quantity: format.quantity(returned) })}</div>
          )}
        </PartName>
      ),
    },
    { title: t('stock.columns.warehouse'), render: ({ warehouse }) => warehouse },
    {
      title: t('stock.columns.quantity'),
      isNumber: true,
      render: ({ quantity, measure }) => (
        <span className={quantity < 0 ? 'mw-negative' : ''}>
          <QuantityText value={quantity} unit={measure} />
        </span>
      ),
    },
    { title: t('stock.columns.price'), isNumber: true, render: ({ price }) => <MoneyText value={price} /> },
    {
      title: t('stock.columns.amount'),
      isNumber: true,
      render: ({ quantity, price }) => <MoneyText value={lineAmount(quantity, price)} />,
      foot: <MoneyText value={lines.reduce((sum, { quantity, price }) => sum + lineAmount(quantity, price), 0)} />,
    },
    {
      title: t('stock.columns.cost'),
      isNumber: true,
      render: (line) => (
        <Button type="link" size="small" title={t('stock.explain')} onClick={() => setExplained(line)}>
          <MoneyText value={line.value} />
        </Button>
      ),
      foot: <MoneyText value={lines.reduce((sum, { value }) => sum + value, 0)} />,
    },
  ];
  return (
    <>
      <LineTable
        className="mw-document-lines"
        rows={lines}
        columns={columns}
        keyOf={({ lineNo }) => lineNo}
        lineNoOf={({ lineNo }) => lineNo}
        count={t('stock.lineCount', { count: lines.length })}
      />
      {explained && <CostDrawer line={explained} onClose={() => setExplained(undefined)} />}
    </>
  );
}

type CostProps = Readonly<{ line: StockDocument['lines'][number]; onClose: () => void }>;

/** What a line cost, by the moves before it. */
function CostDrawer({ line: { partId, warehouseId, moveNo }, onClose }: CostProps) {
  const t = useText();
  return (
    <Drawer open size={1080} onClose={onClose} title={t('stock.explain')} keyboard={false}>
      <DrawerKeys onClose={onClose} />
      <MovesPanel partId={partId} warehouseId={warehouseId} upTo={moveNo} />
    </Drawer>
  );
}

/** Old parts that must come back for it. */
function OwedOldParts({ document: { oldParts } }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  const format = useFormat();
  if (oldParts.length === 0) return null;
  return (
    <Section title={t('slips.oldParts')}>
      {oldParts.map(({ id, number, partNumber, part, quantity, dueOn, debtor }) => (
        <div key={id}>
          <span className="mw-part-number">{number}</span> {partNumber} {part} × {format.quantity(quantity)} ·{' '}
          {t('slips.until', { date: dueOn, debtor })}
        </div>
      ))}
    </Section>
  );
}

/** On paper, back in part, or reversed. */
function Actions({ document }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  const may = useMay();
  const [asked, setAsked] = useState<'print' | 'return' | 'supplier-return'>();
  const [returnId, setReturnId] = useState<string>();
  const done = () => setAsked(undefined);
  return (
    <div className="mw-drawer-actions">
      <ActionButton hotkey="Alt+P" onClick={() => setAsked('print')}>
        {t('common.print')}
      </ActionButton>
      {may('stock.return-to-supplier') && isBought(document) && (
        <ActionButton hotkey="Alt+R" onClick={() => setAsked('supplier-return')}>
          {t('stock.returnToSupplier')}
        </ActionButton>
      )}
      {may('stock.return') && isReturnable(document) && (
        <ActionButton hotkey="Alt+R" onClick={() => setAsked('return')}>
          {t('returns.open')}
        </ActionButton>
      )}
      <LabelsButton document={document} />
      <ReverseButton document={document} />
      {asked === 'print' && <PaperDialog document={document} onClose={done} />}
      {asked === 'supplier-return' && <SupplierReturnDialog receipt={document} onReturned={done} onClose={done} />}
      {asked === 'return' && (
        <ReturnDialog
          document={document}
          onClose={done}
          onReturned={(id) => {
            done();
            setReturnId(id);
          }}
        />
      )}
      {returnId !== undefined && <IssueSlipDialog id={returnId} onClose={() => setReturnId(undefined)} />}
    </div>
  );
}

/** Of what came in: a label for each whole piece. */
function LabelsButton({ document: { kind, lines } }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  if (kind !== 'receipt') return null;
  const parts = [...Map.groupBy(lines, ({ partId }) => partId)].map(([id, rows]) => {
    const [{ partNumber: number, part: name, measure, barcode } = NO_LINE] = rows;
    const pieces = rows.reduce((sum, { quantity }) => sum + quantity, 0) / ONE_PIECE;
    return {
      part: { id, number, name, measure, barcode },
      count: Math.min(Math.max(1, Math.floor(pieces)), MOST_LABELS),
    };
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('labels.title')}</Button>
      {isOpen && <LabelsDialog parts={parts} onClose={() => setOpen(false)} />}
    </>
  );
}

const NO_LINE = { partNumber: '', part: '', measure: '', barcode: '' };

const isBought = ({ kind, transfer, reversedBy }: StockDocument): boolean =>
  kind === 'receipt' && transfer === null && reversedBy === null;

function isReturnable({ kind, issueKind, transfer, reversedBy, lines }: StockDocument): boolean {
  const isOfOldParts = issueKind !== null && OF_OLD_PARTS.has(issueKind);
  const isOut = lines.some(({ quantity, returned }) => 0 - quantity > returned);
  return kind === 'issue' && !isOfOldParts && transfer === null && reversedBy === null && isOut;
}

/** What comes from a supplier or goes back to him has a sheet; an issue and a return also fit the roll of a till printer. */
function PaperDialog({ document, onClose }: Readonly<{ document: StockDocument; onClose: () => void }>) {
  const isSuppliers = document.kind === 'receipt' || document.kind === 'supplier-return';
  return isSuppliers ? (
    <DocumentSlip document={document} onClose={onClose} />
  ) : (
    <IssueSlipDialog id={document.id} onClose={onClose} />
  );
}

const OF_OLD_PARTS: ReadonlySet<NonNullable<StockDocument['issueKind']>> = new Set([
  'scrap',
  'to-maker',
  'handed-back',
]);

/** What comes of a reversal, of the kinds that can be reversed. */
const UNDONE: Readonly<Partial<Record<StockDocument['kind'], TextKey>>> = {
  receipt: 'stock.reverseReceipt',
  issue: 'stock.reverseIssue',
  'supplier-return': 'stock.reverseSupplierReturn',
};

function ReverseButton({ document }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  const may = useMay();
  const { message } = App.useApp();
  const sayWhy = useSayWhy();
  const operation = useOperation('stock.reverse');
  const isOfOldParts = document.issueKind !== null && OF_OLD_PARTS.has(document.issueKind);
  const isWhole = document.lines.every(({ returned }) => returned === 0);
  const consequence = UNDONE[document.kind];
  const isReversible = consequence !== undefined && isWhole && !isOfOldParts;
  if (!may('stock.reverse') || !isReversible || document.transfer !== null || document.reversedBy !== null) return null;
  return (
    <ConfirmButton
      danger
      loading={operation.isPending}
      question={t('stock.reverseQuestion', { number: document.number })}
      consequence={t(consequence)}
      confirmText={t('stock.reverse')}
      onClick={() =>
        operation.mutate(
          { documentId: document.id },
          { onSuccess: ({ number }) => void message.success(t('stock.reversed', { number })), onError: sayWhy },
        )
      }
    >
      {t('stock.reverse')}
    </ConfirmButton>
  );
}
