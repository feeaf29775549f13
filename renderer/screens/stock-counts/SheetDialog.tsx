import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { Loaded, Slip, SlipDialog } from '#renderer/ui/index.ts';
import { type Count, slipFacts } from './count-words.tsx';

const MOST = 2000; // lines on one sheet

/** The parts still to be counted, by their numbers, with room for what is found: for those who count with pencil and paper. */
export function SheetDialog({ count, onClose }: Readonly<{ count: Count; onClose: () => void }>) {
  const t = useText();
  const { station } = useSession();
  const query = useQueryOperation('stockCounts.notCounted', { id: count.id, limit: MOST });
  return (
    <SlipDialog title={t('counts.sheet')} about={count.number} onClose={onClose} width={860}>
      <Loaded query={query}>
        {({ rows, total }) => (
          <Slip
            issuer={station.name}
            title={t('counts.sheetTitle')}
            facts={slipFacts(t, count)}
            columns={[
              { title: '#', isNumber: true },
              { title: t('stock.columns.partNumber') },
              { title: t('stock.columns.part') },
              { title: t('stock.columns.barcode') },
              { title: t('stock.columns.measure') },
              { title: t('counts.counted'), isBlank: true },
              { title: t('counts.recounted'), isBlank: true },
            ]}
            rows={rows.map((row, index) => [index + 1, row.number, row.name, row.barcode, row.measure, '', ''])}
            signatures={[t('counts.signCounter'), t('counts.signDate')]}
          >
            {total > rows.length && <p>{t('counts.sheetMore', { shown: rows.length, total })}</p>}
          </Slip>
        )}
      </Loaded>
    </SlipDialog>
  );
}
