import { App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Facts, MoneyText, Section, useFormat } from '#renderer/ui/index.ts';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';
import { DrawerKeys } from '../stock/DrawerKeys.tsx';
import { OrderPhotos } from '../work-orders/OrderPhotos.tsx';
import type { Award } from './AwardList.tsx';

/** One reward or penalty with its evidence; it can be withdrawn. */
export function AwardDrawer({ award, onClose }: Readonly<{ award: Award; onClose: () => void }>) {
  const t = useText();
  const [isWithdrawing, setWithdrawing] = useState(false);
  return (
    <Drawer
      open
      size={560}
      onClose={onClose}
      keyboard={false}
      title={`${t(`payroll.awards.kinds.${award.kind}`)} · ${award.item}`}
      extra={
        award.state === 'standing' && (
          <Button danger onClick={() => setWithdrawing(true)}>
            {t('payroll.awards.withdraw')}
          </Button>
        )
      }
    >
      <DrawerKeys onClose={onClose} />
      <AwardFacts award={award} />
      {award.attachmentId !== null && (
        <Section title={t('payroll.awards.evidence')}>
          <OrderPhotos attachments={[{ id: award.attachmentId }]} />
        </Section>
      )}
      {isWithdrawing && <Withdrawal award={award} onClose={() => setWithdrawing(false)} onWithdrawn={onClose} />}
    </Drawer>
  );
}

function AwardFacts({ award }: Readonly<{ award: Award }>) {
  const t = useText();
  const format = useFormat();
  const { amount, rateBp, workOrderId, workOrder } = award;
  const order = workOrderId === null ? '' : <Link to={`/work-orders/${workOrderId}`}>{workOrder}</Link>;
  return (
    <Facts
      columns={1}
      labelWidth={136}
      facts={[
        { label: t('payroll.awards.employee'), value: award.employee ?? t('payroll.awards.everyone') },
        { label: t('payroll.awards.workOrder'), value: order },
        { label: t('payroll.awards.givenOn'), value: award.givenOn },
        {
          label: t('payroll.awards.amount'),
          value: amount === null ? format.percent(rateBp ?? 0) : format.money(amount),
        },
        { label: t('payroll.awards.paid'), value: <MoneyText value={award.paid} /> },
        { label: t('payroll.awards.reason'), value: award.reason },
        { label: t('payroll.awards.source'), value: t(`payroll.awards.sources.${award.source}`) },
        { label: t('payroll.awards.givenBy'), value: award.givenBy },
        { label: t('payroll.awards.state'), value: t(`payroll.awards.states.${award.state}`) },
        ...(award.state === 'withdrawn'
          ? [{ label: t('payroll.awards.withdrawnBecause'), value: award.withdrawnReason }]
          : []),
      ]}
    />
  );
}

type WithdrawalProps = Readonly<{ award: Award; onClose: () => void; onWithdrawn: () => void }>;

function Withdrawal({ award: { id, version, item }, onClose, onWithdrawn }: WithdrawalProps) {
  const t = useText();
  const { message } = App.useApp();
  const operation = useOperation('payroll.withdrawAward');
  const onSuccess = () => {
    void message.success(t('payroll.awards.withdrawn'));
    onWithdrawn();
  };
  return (
    <ReasonDialog
      title={`${t('payroll.awards.withdraw')} · ${item}`}
      submitText={t('payroll.awards.withdraw')}
      operation={operation}
      onSubmit={(reason) => operation.mutate({ id, version, reason }, { onSuccess })}
      onClose={onClose}
    />
  );
}
