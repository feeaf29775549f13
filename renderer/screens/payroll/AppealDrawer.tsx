import { App, Drawer } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Facts, MoneyText, Section } from '#renderer/ui/index.ts';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';
import { DrawerKeys } from '../stock/DrawerKeys.tsx';
import { OrderPhotos } from '../work-orders/OrderPhotos.tsx';
import type { Appeal } from './AppealList.tsx';
import { explainAny, inOneGo } from './explain.ts';
import { useWords } from './use-words.ts';

type Decision = 'granted' | 'refused';
type Props = Readonly<{ appeal: Appeal; onClose: () => void }>;

/** One appeal: the deduction with its explanation, what is said against it, and the decision. */
export function AppealDrawer({ appeal, onClose }: Props) {
  const t = useText();
  const [decision, setDecision] = useState<Decision>();
  return (
    <Drawer
      open
      size={600}
      onClose={onClose}
      keyboard={false}
      title={`${appeal.employee} · ${t(`payroll.appeals.kinds.${appeal.kind}`)}`}
      extra={
        appeal.state === 'open' && (
          <div className="mw-drawer-actions">
            <ActionButton onClick={() => setDecision('refused')}>{t('payroll.appeals.refuse')}</ActionButton>
            <ActionButton type="primary" onClick={() => setDecision('granted')}>
              {t('payroll.appeals.grant')}
            </ActionButton>
          </div>
        )
      }
    >
      <DrawerKeys onClose={onClose} />
      <DeductionOf appeal={appeal} />
      <Section title={t('payroll.appeals.state')}>
        <Facts
          columns={1}
          facts={[
            { label: t('payroll.appeals.filedOn'), value: appeal.filedOn },
            { label: t('payroll.appeals.reason'), value: appeal.reason },
            { label: t('payroll.appeals.state'), value: t(`payroll.appeals.states.${appeal.state}`) },
            ...(appeal.state === 'open'
              ? []
              : [
                  { label: t('payroll.appeals.decision'), value: appeal.decision },
                  { label: t('payroll.appeals.decidedBy'), value: appeal.decidedBy },
                ]),
          ]}
        />
        {appeal.attachmentId !== null && <OrderPhotos attachments={[{ id: appeal.attachmentId }]} />}
      </Section>
      {decision && (
        <DecisionDialog
          appeal={appeal}
          decision={decision}
          onClose={() => setDecision(undefined)}
          onDecided={onClose}
        />
      )}
    </Drawer>
  );
}

function DeductionOf({
  appeal: { amount, why, earnedOn, workOrderId, workOrder, evidenceId },
}: Readonly<{ appeal: Appeal }>) {
  const t = useText();
  const words = useWords();
  const order = workOrderId === null ? '' : <Link to={`/work-orders/${workOrderId}`}>{workOrder}</Link>;
  return (
    <Section title={t('payroll.appeals.deduction')}>
      <Facts
        columns={2}
        facts={[
          { label: t('payroll.amount'), value: amount === null ? '' : <MoneyText value={amount} /> },
          { label: t('payroll.appeals.earnedOn'), value: earnedOn },
          { label: t('payroll.awards.workOrder'), value: order },
        ]}
      />
      {why !== null && <p>{inOneGo(t, explainAny(words, why, amount ?? 0))}</p>}
      {evidenceId !== null && (
        <>
          <p className="mw-soft">{t('payroll.appeals.evidence')}</p>
          <OrderPhotos attachments={[{ id: evidenceId }]} />
        </>
      )}
    </Section>
  );
}

type DecisionProps = Readonly<{ appeal: Appeal; decision: Decision; onClose: () => void; onDecided: () => void }>;

function DecisionDialog({ appeal: { id, version, employee }, decision, onClose, onDecided }: DecisionProps) {
  const t = useText();
  const { message } = App.useApp();
  const operation = useOperation('payroll.decideAppeal');
  const submitText = t(decision === 'granted' ? 'payroll.appeals.grant' : 'payroll.appeals.refuse');
  const onSuccess = () => {
    void message.success(t(`payroll.appeals.done.${decision}`));
    onDecided();
  };
  return (
    <ReasonDialog
      title={`${submitText} · ${employee}`}
      submitText={submitText}
      operation={operation}
      onSubmit={(reason) => operation.mutate({ id, version, decision, reason }, { onSuccess })}
      onClose={onClose}
    />
  );
}
