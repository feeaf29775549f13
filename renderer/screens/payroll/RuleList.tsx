import { App, Button, Checkbox, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay, useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DateField,
  Dialog,
  EmptyState,
  EntryForm,
  Loaded,
  Page,
  Section,
  ToneTag,
  useFormat,
} from '#renderer/ui/index.ts';
import { RuleDialog } from './RuleDialog.tsx';
import { type Rule, ruleSentence } from './rule-sentence.ts';
import './payroll.css';

const FAMILIES = [
  ['labour', ['labour', 'labour_profit', 'per_unit']],
  ['parts', ['part_sales', 'part_margin']],
  ['job', ['per_job']],
] as const;

/** The rules as sentences, by what they pay for. */
export function RuleList({ extra }: Readonly<{ extra: ReactNode }>) {
  const t = useText();
  const may = useMay();
  const rules = useQueryOperation('payroll.listRules', {});
  const [isAdding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Rule>();
  const [showsEnded, setShowsEnded] = useState(false);
  const { isLinked } = useSession();
  const mayChange = may('payroll.rules') && !isLinked;
  return (
    <Page
      title={t('payroll.title')}
      extra={extra}
      isBusy={rules.isFetching}
      actions={
        <>
          <Checkbox checked={showsEnded} onChange={(event) => setShowsEnded(event.target.checked)}>
            {t('payroll.showEnded')}
          </Checkbox>
          {mayChange && (
            <ActionButton type="primary" hotkey="Alt+N" onClick={() => setAdding(true)}>
              {t('payroll.newRule')}
            </ActionButton>
          )}
        </>
      }
    >
      <Loaded query={rules}>
        {({ rows, today }) => (
          <>
            <p className="mw-soft mw-rules-note">{t(isLinked ? 'setup.keptByHeadOffice' : 'payroll.ruleFixed')}</p>
            {rows.length === 0 && <EmptyState title={t('payroll.noRulesTitle')} text={t('payroll.noRulesText')} />}
            {FAMILIES.map(([family, components]) => {
              const shown = rows.filter(
                (rule) =>
                  (components as readonly string[]).includes(rule.component) && (showsEnded || !isEnded(rule, today)),
              );
              if (shown.length === 0) return null;
              return (
                <Section key={family} title={t(`payroll.families.${family}`)}>
                  <RuleTable rules={shown} today={today} onEnd={mayChange ? setEnding : undefined} />
                </Section>
              );
            })}
          </>
        )}
      </Loaded>
      {isAdding && <RuleDialog onClose={() => setAdding(false)} />}
      {ending !== undefined && <EndDialog rule={ending} onClose={() => setEnding(undefined)} />}
    </Page>
  );
}

const isEnded = (rule: Rule, today: string): boolean => rule.validTo !== null && rule.validTo < today;

type TableProps = Readonly<{
  rules: readonly Rule[];
  today: string;
  onEnd: ((rule: Rule) => void) | undefined;
}>;

function RuleTable({ rules, today, onEnd }: TableProps) {
  const t = useText();
  const format = useFormat();
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
            <td>{ruleSentence(t, format, rule)}</td>
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

function Validity({ rule, today }: Readonly<{ rule: Rule; today: string }>) {
  const t = useText();
  if (isEnded(rule, today)) return <ToneTag tone="quiet">{t('payroll.ended')}</ToneTag>;
  if (rule.validFrom > today) return <ToneTag tone="waiting">{t('payroll.future')}</ToneTag>;
  return <ToneTag tone="good">{t('payroll.inForce')}</ToneTag>;
}

function EndDialog({ rule, onClose }: Readonly<{ rule: Rule; onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ validTo: string | null }>();
  const operation = useOperation('payroll.endRule');
  return (
    <Dialog isOpen title={t('payroll.endRule', { code: rule.code })} onClose={onClose} width={420}>
      <p className="mw-soft">{t('payroll.endText')}</p>
      <EntryForm
        form={form}
        initialValues={{ validTo: rule.validTo }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={({ validTo }) =>
          operation.mutate(
            { id: rule.id, version: rule.version, validTo: validTo ?? null },
            {
              onSuccess: () => {
                void message.success(t('payroll.ruleEnded', { code: rule.code }));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="validTo" label={t('payroll.validTo')}>
          <DateField />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
