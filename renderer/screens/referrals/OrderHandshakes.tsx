import { Button } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { DateText, type Fact, Facts, Section } from '#renderer/ui/index.ts';
import { StandingTag } from '../handshakes/standing.tsx';
import { WithdrawDialog } from './dialogs.tsx';

type Handshakes = OutputOf<'referrals.ofOrder'>;
type Asked = Handshakes['asked'][number];

/** On a work order's page: which other unit it came from, and to which it was referred. Nothing where there is neither. */
export function OrderHandshakes({ workOrderId }: Readonly<{ workOrderId: string }>) {
  const t = useText();
  const { data } = useQueryOperation('referrals.ofOrder', { workOrderId }, { keepPrevious: true });
  if (!data || (data.origin === null && data.asked.length === 0)) return null;
  return (
    <Section title={t('referrals.ofOrder')}>
      {data.origin && <Origin origin={data.origin} />}
      {data.asked.map((asked) => (
        <Referral key={asked.id} asked={asked} />
      ))}
    </Section>
  );
}

function Origin({ origin }: Readonly<{ origin: NonNullable<Handshakes['origin']> }>) {
  const t = useText();
  const isSale = origin.kind === 'sale';
  return (
    <Facts
      columns={2}
      labelWidth={104}
      facts={[
        { label: t('referrals.cameFrom'), value: `${origin.unit} · ${origin.employeeName}` },
        { label: t('handshakes.number'), value: origin.number },
        { label: t(isSale ? 'sales.invoice' : 'referrals.askersOrder'), value: origin.theirNumber },
        { label: t(isSale ? 'sales.store' : 'referrals.reason'), value: origin.reason },
        { label: t('stock.note'), value: origin.note },
        { label: t('handshakes.requestedOn'), value: <DateText value={origin.requestedOn} /> },
      ]}
    />
  );
}

function Referral({ asked }: Readonly<{ asked: Asked }>) {
  const t = useText();
  const may = useMay();
  const [isWithdrawing, setWithdrawing] = useState(false);
  const { answer } = asked;
  const facts: Fact[] = [
    { label: t('referrals.referredTo'), value: asked.toUnit },
    { label: t('handshakes.state'), value: <StandingTag {...asked} /> },
    { label: t('handshakes.number'), value: asked.number },
    { label: t('referrals.reason'), value: asked.reason },
  ];
  if (answer?.workOrderNumber) facts.push({ label: t('handshakes.workOrder'), value: answer.workOrderNumber });
  if (answer?.reason) facts.push({ label: t('handshakes.reason'), value: answer.reason });
  if (answer?.outcomeNote) facts.push({ label: t('handshakes.outcomeNote'), value: answer.outcomeNote });
  return (
    <>
      <Facts columns={2} labelWidth={104} facts={facts} />
      {asked.isWithdrawnTooLate && <p className="mw-negative">{t('handshakes.withdrawnTooLate')}</p>}
      {asked.state === 'waiting' && asked.isOurs && may('dispatch.assign') && (
        <Button size="small" style={{ marginTop: 8 }} onClick={() => setWithdrawing(true)}>
          {t('handshakes.withdraw')}…
        </Button>
      )}
      {isWithdrawing && <WithdrawDialog request={asked} onClose={() => setWithdrawing(false)} />}
    </>
  );
}
