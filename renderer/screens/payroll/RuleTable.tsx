import { Button } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { ToneTag } from '#renderer/ui/index.ts';

type Published = Readonly<{ id: string; code: string; validFrom: string; validTo: string | null }>;

type Props<R extends Published> = Readonly<{
  rules: readonly R[];
  today: string;
  sentenceOf: (rule: R) => string;
  onEnd: ((rule: R) => void) | undefined;
}>;

/** Published rules as sentences, with their time. */
export function RuleTable<R extends Published>({ rules, today, sentenceOf, onEnd }: Props<R>) {
  const t = useText();
  return (
    <table className="mw-reading mw-rules">
      <thead>
        <tr>
          <th>{t('payroll.code')}</th>
          <th>{t('payroll.sentence')}</th>
          <th>{t('payroll.validFrom')}</th>
          <th>{t('payroll.validTo')}</th>
          <th />
          <th />
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.id}>
            <td className="mw-nowrap">{rule.code}</td>
            <td>{sentenceOf(rule)}</td>
            <td className="mw-nowrap">{rule.validFrom}</td>
            <td className="mw-nowrap">{rule.validTo ?? t('payroll.open')}</td>
            <td>
              <Validity rule={rule} today={today} />
            </td>
            <td className="is-figure">
              {onEnd !== undefined && (
                <Button size="small" onClick={() => onEnd(rule)}>
                  {t('payroll.end')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const isEnded = (rule: Published, today: string): boolean => rule.validTo !== null && rule.validTo < today;

function Validity({ rule, today }: Readonly<{ rule: Published; today: string }>) {
  const t = useText();
  if (isEnded(rule, today)) return <ToneTag tone="quiet">{t('payroll.ended')}</ToneTag>;
  if (rule.validFrom > today) return <ToneTag tone="waiting">{t('payroll.future')}</ToneTag>;
  return <ToneTag tone="good">{t('payroll.inForce')}</ToneTag>;
}
