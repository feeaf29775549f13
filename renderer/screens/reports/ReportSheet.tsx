import { FileExcelOutlined, FileTextOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, type Asked, DataGrid, EmptyState, Running, useToday } from '#renderer/ui/index.ts';
import { useReportColumns } from './columns.tsx';
import { initialParams, isSame, type Params, rememberedParams, rememberParams } from './params.ts';
import { ReportParams } from './ReportParams.tsx';
import type { Report } from './ReportsScreen.tsx';
import { type Exporting, useExport } from './use-export.ts';
import { useReportWords } from './words.ts';

/** One report: what it is asked, its rows with their totals, and the same as a file. */
export function ReportSheet({ report }: Readonly<{ report: Report }>) {
  const t = useText();
  const words = useReportWords();
  const initial = initialParams(report, useToday());
  const [params, setParams] = useState<Params>(rememberedParams(report.id) ?? initial);
  const [asked, setAsked] = useState<Asked>({ filters: [], sort: [] });
  const input = useMemo(() => ({ id: report.id, params }), [report.id, params]);
  const exporting = useExport({ ...input, ...asked });
  const columns = useReportColumns(report);

  function change(part: Params): void {
    const next = { ...params, ...part };
    rememberParams(report.id, next);
    setParams(next);
  }

  return (
    <div className="mw-report">
      <header className="mw-report-bar">
        <h2 className="mw-report-title">{words.title(report.id)}</h2>
        <Exports exporting={exporting} />
      </header>
      {report.params.length > 0 && (
        <div className="mw-report-params" role="search">
          <ReportParams report={report} params={params} onChange={change} />
          {!isSame(params, initial) && (
            <Button type="link" size="small" onClick={() => change({ ...cleared(report), ...initial })}>
              {t('reports.resetParams')}
            </Button>
          )}
        </div>
      )}
      <DataGrid
        operation="reports.run"
        id={`reports.${report.id}`}
        aria-label={words.title(report.id)}
        input={input}
        columns={columns}
        rowKey="place"
        onAsk={useCallback((now: Asked) => setAsked(now), [])}
        empty={<EmptyState text={report.params.length > 0 ? t('reports.emptyText') : undefined} />}
      />
    </div>
  );
}

function cleared({ params }: Report): Params {
  return Object.fromEntries(params.map(({ name }) => [name, null]));
}

function Exports({ exporting }: Readonly<{ exporting: Exporting }>) {
  const t = useText();
  const { format, start, cancel } = exporting;
  if (format !== undefined) {
    return (
      <div className="mw-report-exports">
        <Running text={t('reports.exporting', { format: format === 'xlsx' ? 'Excel' : 'CSV' })} onCancel={cancel} />
      </div>
    );
  }
  return (
    <div className="mw-report-exports">
      <Button icon={<FileTextOutlined />} onClick={() => start('csv')}>
        {t('reports.exportCsv')}
      </Button>
      <ActionButton type="primary" icon={<FileExcelOutlined />} hotkey="Ctrl+E" onClick={() => start('xlsx')}>
        {t('common.exportExcel')}
      </ActionButton>
    </div>
  );
}
