import type { OutputOf } from '#operations/index.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { Section } from '#renderer/ui/index.ts';

type Found = OutputOf<'payroll.checkRules'>['commission'];

/** Rules that pay for the same work, and such as never pay; nothing where there are none. */
export function RuleChecks({ found }: Readonly<{ found: Found }>) {
  const t = useText();
  const sentences = [
    ...found.overlaps.map((one) => overlapSentence(t, one)),
    ...found.vain.map(({ rule, why, by }) => {
      const others = by.map(({ code }) => code).join(t('payroll.between'));
      return t(`payroll.checks.${why}`, { rule: rule.code, by: others });
    }),
  ];
  if (sentences.length === 0) return null;
  return (
    <Section title={t('payroll.checks.title')}>
      <ul className="mw-rule-checks">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  );
}

function overlapSentence(t: Translate, { winner, loser, from, to }: Found['overlaps'][number]): string {
  const words = { winner: winner.code, loser: loser.code, from: from ?? t('payroll.checks.always') };
  return to === null ? t('payroll.checks.overlapOpen', words) : t('payroll.checks.overlap', { ...words, to });
}
