import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import { MoneyText } from '#renderer/ui/index.ts';

type Deposit = OutputOf<'requisitions.get'>['deposit'];

type Props = Readonly<{
  deposit: Deposit;
  /** Fen that this plan takes or would take of it. */
  needed: number;
  /** The plan isn't approved yet: what it needs is still among what is free. */
  isPlanned: boolean;
}>;

/** What finance looks at: held, blocked by other plans and by this one, free. */
export function DepositPanel({ deposit, needed, isPlanned }: Props) {
  const t = useText();
  if (deposit === null) return <div className="mw-soft">{t('requisitions.noDeposit')}</div>;
  const free = isPlanned ? deposit.free - needed : deposit.free;
  const others = deposit.blocked - deposit.blockedHere;
  return (
    <div className="mw-deposit">
      <Figure label={t('deposits.held')} value={deposit.held} />
      <Figure label={t('requisitions.blockedByOthers')} value={others} />
      <Figure label={t('requisitions.blockedHere')} value={isPlanned ? needed : deposit.blockedHere} />
      <Figure label={t('deposits.free')} value={free} isBeyond={free < 0} />
    </div>
  );
}

function Figure({ label, value, isBeyond = false }: Readonly<{ label: string; value: number; isBeyond?: boolean }>) {
  return (
    <div>
      <span>{label}</span>
      <strong className={isBeyond ? 'is-beyond' : ''}>
        <MoneyText value={value} />
      </strong>
    </div>
  );
}
