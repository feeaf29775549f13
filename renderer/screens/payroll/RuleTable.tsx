import { Button } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { type LineColumn, LineTable, ToneTag } from '#renderer/ui/index.ts';

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
  const columns: readonly LineColumn<R>[] = [
    { title: t('payroll.code'), render: ({ code }) => <span className="mw-nowrap">{code}</span> },
    { title: t('payroll.sentence'), render: (rule) => sentenceOf(rule) },
    { title: t('payroll.validFrom'), render: ({ validFrom }) => <span className="mw-nowrap">{validFrom}</span> },
    {
      title: t('payroll.validTo'),
      render: ({ validTo }) => <span className="mw-nowrap">{validTo ?? t('payroll.open')}</span>,
    },
    { title: '', render: (rule) => <Validity rule={rule} today={today} /> },
    {
      title: '',
      isNumber: true,
      render: (rule) =>
        onEnd !== undefined && (
          <Button size="small" onClick={() => onEnd(rule)}>
            {t('payroll.end')}
          </Button>
        ),
    },
  ];
  return <LineTable className="mw-rules" rows={rules} columns={columns} keyOf={({ id }) => id} />;
}

export const isEnded = (rule: Published, today: string): boolean => rule.validTo !== null && rule.validTo < today;

function Validity({ rule, today }: Readonly<{ rule: Published; today: string }>) {
  const t = useText();
  if (isEnded(rule, today)) return <ToneTag tone="quiet">{t('payroll.ended')}</ToneTag>;
  if (rule.validFrom > today) return <ToneTag tone="waiting">{t('payroll.future')}</ToneTag>;
  return <ToneTag tone="good">{t('payroll.inForce')}</ToneTag>;
}
