import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Loaded } from '#renderer/ui/index.ts';
import { type Count, scopeText } from './count-words.tsx';
import { PrintDialog } from './PrintDialog.tsx';
import { SlipHead } from './SlipHead.tsx';

const MOST = 2000; // lines on one sheet

/** The parts still to be counted, by their numbers, with room for what is found: for those who count with pencil and paper. */
export function SheetDialog({ count, onClose }: Readonly<{ count: Count; onClose: () => void }>) {
  const t = useText();
  const query = useQueryOperation('stockCounts.notCounted', { id: count.id, limit: MOST });
  return (
    <PrintDialog title={t('counts.sheet')} onClose={onClose}>
      <Loaded query={query}>
        {({ rows, total }) => (
          <article className="mw-receipt mw-count-slip">
            <SlipHead count={count} title={t('counts.sheetTitle')} scope={scopeText(t, count)} />
            <table>
              <thead>
                <tr>
                  <th className="is-number">#</th>
                  <th>{t('stock.columns.partNumber')}</th>
                  <th>{t('stock.columns.part')}</th>
                  <th>{t('stock.columns.barcode')}</th>
                  <th>{t('stock.columns.measure')}</th>
                  <th className="is-blank">{t('counts.counted')}</th>
                  <th className="is-blank">{t('counts.recounted')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, index) => (
                  <tr key={row.partId}>
                    <td className="is-number">{index + 1}</td>
                    <td>{row.number}</td>
                    <td>{row.name}</td>
                    <td>{row.barcode}</td>
                    <td>{row.measure}</td>
                    <td />
                    <td />
                  </tr>
                ))}
              </tbody>
            </table>
            {total > rows.length && <p>{t('counts.sheetMore', { shown: rows.length, total })}</p>}
            <footer>
              <span className="mw-receipt-sign">{t('counts.signCounter')}:</span>
              <span className="mw-receipt-sign">{t('counts.signDate')}:</span>
            </footer>
          </article>
        )}
      </Loaded>
    </PrintDialog>
  );
}
