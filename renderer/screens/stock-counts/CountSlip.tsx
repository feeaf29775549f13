import { useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { Slip, SlipDialog, useFormat } from '#renderer/ui/index.ts';
import { type Count, type CountLine, slipFacts } from './count-words.tsx';

type Props = Readonly<{ count: Count; lines: readonly CountLine[]; onClose: () => void }>;

/** The differences of a count on paper, with room for two signatures. */
export function CountSlip({ count, lines, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  const { station } = useSession();
  const amount = (value: number | null) => (value === null ? '–' : format.amount(value));
  const quantity = (value: number | null) => (value === null ? '' : format.quantity(value));
  const total = lines.reduce((sum, { value }) => sum + (value ?? 0), 0);
  const confirmer = count.state === 'posted' ? (count.endedBy ?? '') : '';
  return (
    <SlipDialog title={t('counts.slip')} about={count.number} onClose={onClose} width={860}>
      <Slip
        issuer={station.name}
        title={t('counts.slipTitle')}
        facts={slipFacts(t, count)}
        columns={[
          { title: '#', isNumber: true },
          { title: t('stock.columns.partNumber') },
          { title: t('stock.columns.part') },
          { title: t('counts.expected'), isNumber: true },
          { title: t('counts.counted'), isNumber: true },
          { title: t('counts.difference'), isNumber: true },
          { title: t('counts.reason') },
          { title: t('counts.value'), isNumber: true },
        ]}
        rows={lines.map((line) => [
          line.lineNo,
          `${line.number} ${line.lot}`.trim(),
          line.name,
          quantity(line.expected),
          quantity(line.recounted ?? line.counted),
          quantity(line.difference),
          line.reason,
          amount(line.value),
        ])}
        sums={[t('common.total'), amount(total)]}
        signatures={[t('counts.signCounter'), { label: t('counts.signConfirmer'), name: confirmer }]}
      />
    </SlipDialog>
  );
}
