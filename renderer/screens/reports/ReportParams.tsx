import { Select } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { type DateRange, DateRangeField } from '#renderer/ui/index.ts';
import type { Params } from './params.ts';
import type { Report } from './ReportsScreen.tsx';
import { type ReportWords, useReportWords } from './words.ts';

type Param = Report['params'][number];

type Props = Readonly<{ report: Report; params: Params; onChange: (change: Params) => void }>;

/** What a report is asked: nothing has to be given, and every change shows at once. */
export function ReportParams({ report, params, onChange }: Props) {
  const t = useText();
  const words = useReportWords();
  const hasPeriod = report.params.some(({ name }) => name === 'from');
  const period = { ...(params['from'] && { from: params['from'] }), ...(params['to'] && { to: params['to'] }) };
  return (
    <>
      {hasPeriod && (
        <label className="mw-report-param">
          <span>{t('reports.period')}</span>
          <DateRangeField
            value={period}
            onChange={({ from, to }: DateRange) => onChange({ from: from ?? null, to: to ?? null })}
          />
        </label>
      )}
      {report.params.filter(isChoice).map((param) => (
        <label className="mw-report-param" key={param.name}>
          <span>{words.param(param.name)}</span>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            popupMatchSelectWidth={false}
            style={{ width: 130 }}
            placeholder={t('reports.unlimited')}
            value={params[param.name] ?? null}
            options={optionsOf(param, words)}
            onChange={(value: string | null | undefined) => onChange({ [param.name]: value ?? null })}
          />
        </label>
      ))}
    </>
  );
}

const isChoice = (param: Param): boolean => param.type === 'choice';

function optionsOf(param: Param, words: ReportWords): { value: string; label: string }[] {
  if (param.type !== 'choice') return [];
  const { texts, values = [], choices = [] } = param;
  const codes = values.map((value) => ({ value, label: texts === undefined ? value : words.code(texts, value) }));
  return [...codes, ...choices.map(({ value, label }) => ({ value, label: `${label} ${value}` }))];
}
