import { Button, Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay, useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, EmptyState, Loaded, Page, Section, useFormat } from '#renderer/ui/index.ts';
import { EndDialog } from './EndDialog.tsx';
import { RuleChecks } from './RuleChecks.tsx';
import { RuleDialog } from './RuleDialog.tsx';
import { isEnded, RuleTable } from './RuleTable.tsx';
import { type Rule, ruleSentence } from './rule-sentence.ts';
import { WhichRuleDialog } from './WhichRuleDialog.tsx';
import './payroll.css';

const FAMILIES = [
  ['labour', ['labour', 'labour_profit', 'per_unit']],
  ['parts', ['part_sales', 'part_margin']],
  ['job', ['per_job']],
  ['tier', ['monthly_tier']],
] as const;

/** The rules as sentences, by what they pay for, with what is odd about them. */
export function RuleList({ extra }: Readonly<{ extra: ReactNode }>) {
  const t = useText();
  const format = useFormat();
  const may = useMay();
  const rules = useQueryOperation('payroll.listRules', {});
  const checks = useQueryOperation('payroll.checkRules', {});
  const [isAdding, setAdding] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [ending, setEnding] = useState<Rule>();
  const [showsEnded, setShowsEnded] = useState(false);
  const { isLinked } = useSession();
  const mayChange = may('payroll.rules') && !isLinked;
  const actions = (
    <>
      <Checkbox checked={showsEnded} onChange={(event) => setShowsEnded(event.target.checked)}>
        {t('payroll.showEnded')}
      </Checkbox>
      <Button onClick={() => setAsking(true)}>{t('payroll.which.open')}</Button>
      {mayChange && (
        <ActionButton type="primary" hotkey="Alt+N" onClick={() => setAdding(true)}>
          {t('payroll.newRule')}
        </ActionButton>
      )}
    </>
  );
  return (
    <Page title={t('payroll.title')} extra={extra} isBusy={rules.isFetching} actions={actions}>
      <Loaded query={rules}>
        {({ rows, today }) => (
          <>
            <p className="mw-soft mw-rules-note">{t(isLinked ? 'setup.keptByHeadOffice' : 'payroll.ruleFixed')}</p>
            {rows.length === 0 && <EmptyState title={t('payroll.noRulesTitle')} text={t('payroll.noRulesText')} />}
            {checks.data && <RuleChecks found={checks.data.commission} />}
            {FAMILIES.map(([family, components]) => {
              const shown = rows.filter(
                (rule) =>
                  (components as readonly string[]).includes(rule.component) && (showsEnded || !isEnded(rule, today)),
              );
              if (shown.length === 0) return null;
              return (
                <Section key={family} title={t(`payroll.families.${family}`)}>
                  <RuleTable
                    rules={shown}
                    today={today}
                    sentenceOf={(rule) => ruleSentence(t, format, rule)}
                    onEnd={mayChange ? setEnding : undefined}
                  />
                </Section>
              );
            })}
          </>
        )}
      </Loaded>
      {isAdding && <RuleDialog onClose={() => setAdding(false)} />}
      {isAsking && <WhichRuleDialog rules={rules.data?.rows ?? []} onClose={() => setAsking(false)} />}
      {ending !== undefined && (
        <EndDialog operation="payroll.endRule" rule={ending} onClose={() => setEnding(undefined)} />
      )}
    </Page>
  );
}
