import { App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { lineAmount } from '#domain/quantity.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ConfirmButton,
  DateText,
  DateTimeText,
  ErrorNotice,
  Facts,
  Loaded,
  MoneyText,
  QuantityText,
  ToneTag,
} from '#renderer/ui/index.ts';
import { DrawerKeys } from './DrawerKeys.tsx';
import { kindText } from './kinds.ts';
import { MovesPanel } from './MovesPanel.tsx';

type StockDocument = OutputOf<'stock.document'>;
type Props = Readonly<{ id: string; onClose: () => void }>;

/** One document with its lines; a receipt or issue can be reversed here. */
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
      extra={query.data && <ReverseButton document={query.data} />}
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
          ...(document.transfer ? [{ label: t('stock.columns.transfer'), value: document.transfer }] : []),
          document.workOrder ? { label: t('stock.columns.workOrder'), value: document.workOrder } : partner,
          { label: t('stock.columns.employee'), value: document.employee },
          { label: t('fields.at'), value: <DateTimeText value={document.at} /> },
          { label: t('stock.columns.note'), value: document.note },
        ]}
      />
      <Lines document={document} />
    </>
  );
}

function Lines({ document: { lines } }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  const [explained, setExplained] = useState<StockDocument['lines'][number]>();
  const amount = lines.reduce((sum, line) => sum + lineAmount(line.quantity, line.price), 0);
  const value = lines.reduce((sum, line) => sum + line.value, 0);
  return (
    <>
      <table className="mw-draft mw-document-lines">
        <thead>
          <tr>
            <th className="is-number">#</th>
            <th>{t('stock.columns.part')}</th>
            <th>{t('stock.columns.warehouse')}</th>
            <th className="is-number">{t('stock.columns.quantity')}</th>
            <th className="is-number">{t('stock.columns.price')}</th>
            <th className="is-number">{t('stock.columns.amount')}</th>
            <th className="is-number">{t('stock.columns.cost')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.lineNo}>
              <td className="is-number mw-soft">{line.lineNo}</td>
              <td>
                <span className="mw-part-number">{line.partNumber}</span> {line.part}
              </td>
              <td>{line.warehouse}</td>
              <td className={line.quantity < 0 ? 'is-number mw-negative' : 'is-number'}>
                <QuantityText value={line.quantity} /> {line.measure}
              </td>
              <td className="is-number">
                <MoneyText value={line.price} />
              </td>
              <td className="is-number">
                <MoneyText value={lineAmount(line.quantity, line.price)} />
              </td>
              <td className="is-number">
                <Button type="link" size="small" title={t('stock.explain')} onClick={() => setExplained(line)}>
                  <MoneyText value={line.value} />
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={4}>{t('stock.lineCount', { count: lines.length })}</td>
            <td className="is-number">{t('common.total')}</td>
            <td className="is-number">
              <MoneyText value={amount} />
            </td>
            <td className="is-number">
              <MoneyText value={value} />
            </td>
          </tr>
        </tfoot>
      </table>
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

function ReverseButton({ document }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  const may = useMay();
  const { message } = App.useApp();
  const operation = useOperation('stock.reverse');
  const isReversible = document.kind === 'receipt' || document.kind === 'issue';
  if (!may('stock.reverse') || !isReversible || document.transfer !== null || document.reversedBy !== null) return null;
  return (
    <>
      <ErrorNotice error={operation.error} />
      <ConfirmButton
        danger
        loading={operation.isPending}
        question={t('stock.reverseQuestion', { number: document.number })}
        consequence={t(document.kind === 'receipt' ? 'stock.reverseReceipt' : 'stock.reverseIssue')}
        confirmText={t('stock.reverse')}
        onClick={() =>
          operation.mutate(
            { documentId: document.id },
            { onSuccess: ({ number }) => void message.success(t('stock.reversed', { number })) },
          )
        }
      >
        {t('stock.reverse')}
      </ConfirmButton>
    </>
  );
}
