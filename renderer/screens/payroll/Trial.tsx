import { Button, Form, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { InputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, EmptyState, ErrorNotice, Loaded, Page, Section, useFormat } from '#renderer/ui/index.ts';
import { usePeriodName } from './period-name.ts';
import { DraftDialog, RuleDialog } from './RuleDialog.tsx';
import { type Rule, ruleSentence } from './rule-sentence.ts';
import { type RuleInput, saidOf } from './rule-values.ts';
import { TrialResult } from './TrialResult.tsx';
import './payroll.css';

type Asked = InputOf<'payroll.tryRules'>;
const NO_CHOICES = { employees: [], workTypes: [], units: [], categories: [], grades: [] };

/** What other rules would have paid in a past period, beside what was paid. */
export function Trial({ extra }: Readonly<{ extra: ReactNode }>) {
  const t = useText();
  const periods = useQueryOperation('payroll.listPeriods', {});
  const rules = useQueryOperation('payroll.listRules', {});
  const nameOf = usePeriodName();
  return (
    <Page title={t('payroll.title')} extra={extra} isBusy={periods.isFetching || rules.isFetching}>
      <Loaded query={periods}>
        {({ rows }) => {
          const calculated = rows.filter(({ state }) => state !== 'open');
          const [latest] = calculated;
          if (latest === undefined) return <EmptyState text={t('payroll.trial.noPeriods')} />;
          const options = calculated.map((period) => ({ value: period.id, label: nameOf(period) }));
          return <TrialOf periods={options} rules={rules.data?.rows ?? []} />;
        }}
      </Loaded>
    </Page>
  );
}

type TrialProps = Readonly<{ periods: { value: string; label: string }[]; rules: readonly Rule[] }>;

function TrialOf({ periods, rules }: TrialProps) {
  const t = useText();
  const [periodId, setPeriodId] = useState(periods[0]?.value ?? '');
  const [end, setEnd] = useState<string[]>([]);
  const [drafts, setDrafts] = useState<readonly RuleInput[]>([]);
  const [asked, setAsked] = useState<Asked>();
  const trial = useQueryOperation('payroll.tryRules', asked ?? { periodId }, { enabled: asked !== undefined });
  const format = useFormat();
  const options = rules.map((rule) => ({ value: rule.id, label: `${rule.code}　${ruleSentence(t, format, rule)}` }));
  const isCurrent = asked?.periodId === periodId && asked.end === end && asked.add === drafts;
  return (
    <>
      <p className="mw-soft mw-rules-note">{t('payroll.trial.text')}</p>
      <Form layout="vertical">
        <div className="mw-trial-question">
          <Form.Item label={t('payroll.trial.period')} htmlFor="trial-period">
            <Select id="trial-period" value={periodId} options={periods} onChange={setPeriodId} />
          </Form.Item>
          <Form.Item label={t('payroll.trial.end')} htmlFor="trial-end">
            <Select
              id="trial-end"
              mode="multiple"
              placeholder={t('payroll.trial.endNone')}
              value={end}
              options={options}
              optionFilterProp="label"
              onChange={setEnd}
            />
          </Form.Item>
        </div>
      </Form>
      <Drafts drafts={drafts} onChange={setDrafts} />
      <p>
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          loading={trial.isFetching}
          onClick={() => setAsked({ periodId, end, add: drafts as RuleInput[] })}
        >
          {t('payroll.trial.run')}
        </ActionButton>
      </p>
      {trial.error && <ErrorNotice error={trial.error} />}
      {isCurrent && trial.data && <TrialResult result={trial.data} rules={rules} drafts={drafts} />}
    </>
  );
}

type DraftsProps = Readonly<{ drafts: readonly RuleInput[]; onChange: (drafts: readonly RuleInput[]) => void }>;

function Drafts({ drafts, onChange }: DraftsProps) {
  const t = useText();
  const format = useFormat();
  const choices = useQueryOperation('payroll.ruleChoices', {}, { staleTime: 60_000 });
  const [isAdding, setAdding] = useState(false);
  const [published, setPublished] = useState<RuleInput>();
  const { isLinked } = useSession();
  return (
    <Section
      title={t('payroll.trial.drafts')}
      actions={
        <ActionButton size="small" hotkey="Alt+N" onClick={() => setAdding(true)}>
          {t('payroll.trial.addDraft')}
        </ActionButton>
      }
    >
      {drafts.length === 0 && <span className="mw-soft">{t('payroll.trial.noDrafts')}</span>}
      {drafts.map((draft) => (
        <div className="mw-trial-draft" key={draft.code}>
          <span>{`${draft.code}　${ruleSentence(t, format, saidOf(draft, choices.data ?? NO_CHOICES))}`}</span>
          {!isLinked && (
            <Button size="small" onClick={() => setPublished(draft)}>
              {t('payroll.trial.publish')}
            </Button>
          )}
          <Button size="small" onClick={() => onChange(drafts.filter((one) => one !== draft))}>
            {t('payroll.trial.removeDraft')}
          </Button>
        </div>
      ))}
      {isAdding && (
        <DraftDialog
          onClose={() => setAdding(false)}
          onDraft={(draft) => onChange([...drafts.filter(({ code }) => code !== draft.code), draft])}
        />
      )}
      {published !== undefined && <RuleDialog draft={published} onClose={() => setPublished(undefined)} />}
    </Section>
  );
}
