import { FileExcelOutlined } from '@ant-design/icons';
import { Alert, App, Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { FieldFault } from '#domain/errors.ts';
import type { InputOf, OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useLongOperation } from '#renderer/api/long-operations.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  Dialog,
  errorText,
  faultText,
  type GridColumn,
  Loaded,
  LocalGrid,
  Running,
  saveFile,
  TONES,
  ToneTag,
  useFormat,
} from '#renderer/ui/index.ts';

type Checked = OutputOf<'payroll.checkAwards'>['rows'][number];
type File = InputOf<'payroll.checkAwards'>;

const COLUMNS = ['employee', 'item', 'amount', 'givenOn', 'reason'] as const;

const RUN = { title: 'payroll.importing.running', path: '/payroll?tab=awards' } as const;

/** A table of rewards and penalties: every row is looked at before any of them is given. */
export function AwardImport({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useText();
  const [file, setFile] = useState<File>();
  return (
    <Dialog isOpen title={t('payroll.importing.title')} onClose={onClose} width={1220}>
      <p className="mw-soft">{t('payroll.importing.hint')}</p>
      <div className="mw-award-import">
        <FileChoice isFirst={file === undefined} onChosen={setFile} />
        <Button type="link" onClick={() => saveFile(`${t('payroll.importing.title')}.csv`, templateOf(t))}>
          {t('payroll.importing.template')}
        </Button>
        {file && <span className="mw-soft">{file.name}</span>}
      </div>
      <div className="mw-award-rows">{file && <Preview key={file.base64} file={file} onClose={onClose} />}</div>
    </Dialog>
  );
}

const BYTE_ORDER_MARK = '\uFEFF'; // without it Excel reads UTF-8 as the code page of the machine

function templateOf(t: ReturnType<typeof useText>): Blob {
  const heading = COLUMNS.map((column) => t(`payroll.importing.columns.${column}`)).join(',');
  return new Blob([`${BYTE_ORDER_MARK}${heading}\r\n`], { type: 'text/csv;charset=utf-8' });
}

type ChoiceProps = Readonly<{ isFirst: boolean; onChosen: (file: File) => void }>;

function FileChoice({ isFirst, onChosen }: ChoiceProps) {
  const t = useText();
  const { message } = App.useApp();
  const picker = useRef<HTMLInputElement>(null);
  async function take(chosen: globalThis.File): Promise<void> {
    try {
      onChosen({ name: chosen.name, base64: await base64Of(chosen) });
    } catch {
      void message.error(t('errors.file.unreadable', { file: chosen.name, reason: '' }));
    }
  }
  return (
    <>
      <ActionButton icon={<FileExcelOutlined />} hotkey="Alt+O" onClick={() => picker.current?.click()}>
        {t(isFirst ? 'payroll.importing.choose' : 'payroll.importing.another')}
      </ActionButton>
      <input
        ref={picker}
        type="file"
        accept=".xlsx,.csv"
        aria-label={t('payroll.importing.choose')}
        style={{ display: 'none' }}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) void take(chosen);
          event.target.value = ''; // The same file may be chosen again after it was corrected.
        }}
      />
    </>
  );
}

function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve((reader.result as string).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(file);
  });
}

function Preview({ file, onClose }: Readonly<{ file: File; onClose: () => void }>) {
  const checked = useQueryOperation('payroll.checkAwards', file);
  return <Loaded query={checked}>{({ rows }) => <Rows source={file.name} rows={rows} onClose={onClose} />}</Loaded>;
}

type RowsProps = Readonly<{ source: string; rows: readonly Checked[]; onClose: () => void }>;

function Rows({ source, rows, onClose }: RowsProps) {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();
  const operation = useLongOperation('payroll.importAwards', '', RUN);
  const faulty = rows.filter(({ faults }) => faults.length > 0).length;
  const toGive = faulty > 0 ? 0 : rows.filter(({ award, before }) => award && !before).length;

  function give(): void {
    const asWritten = rows.map(({ line, employee, item, amount, givenOn, reason }) => {
      return { line, employee, item, amount, givenOn, reason };
    });
    operation.mutate(
      { source, rows: asWritten },
      {
        onError: (error) => void message.error(errorText(t, format, error)),
        onCancelled: () => void message.info(t('payroll.importing.cancelled')),
        onSuccess: (counts) => {
          void message.success(t('payroll.importing.done', counts));
          onClose();
        },
      },
    );
  }

  return (
    <>
      <Summary rows={rows.length} faulty={faulty} toGive={toGive} />
      <LocalGrid
        aria-label={t('payroll.importing.title')}
        rowKey="line"
        rows={rows}
        columns={useColumns()}
        height="rows"
        maxRows={10}
      />
      <div className="mw-form-buttons">
        {operation.isPending ? (
          <Running text={t('payroll.importing.running')} share={operation.share} onCancel={operation.cancel} />
        ) : (
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <ActionButton type="primary" hotkey="Ctrl+Enter" disabled={toGive === 0} onClick={give}>
              {t('payroll.importing.give', { count: toGive })}
            </ActionButton>
          </>
        )}
      </div>
    </>
  );
}

type SummaryProps = Readonly<{ rows: number; faulty: number; toGive: number }>;

function Summary({ rows, faulty, toGive }: SummaryProps) {
  const t = useText();
  if (rows === 0) return <Alert type="warning" title={t('payroll.importing.noRows')} />;
  if (faulty > 0) return <Alert type="error" title={t('payroll.importing.faulty', { count: faulty, rows })} />;
  return toGive === 0 ? <Alert type="info" title={t('payroll.importing.allBefore')} /> : null;
}

function useColumns(): readonly GridColumn<Checked>[] {
  const t = useText();
  const format = useFormat();
  return useMemo(
    () => [
      { key: 'line', title: t('payroll.importing.line'), type: 'count', width: 60 },
      {
        key: 'employee',
        title: t('payroll.awards.employee'),
        width: 150,
        render: ({ employee, person }) => (person === null ? employee : `${person} ${employee}`),
      },
      {
        key: 'item',
        title: t('payroll.awards.item'),
        width: 170,
        render: ({ item, kind, itemName }) =>
          kind === null ? item : `${t(`payroll.awards.kinds.${kind}`)} · ${itemName}`,
      },
      {
        key: 'amount',
        title: t('payroll.importing.columns.amount'),
        type: 'money',
        isSortable: false, // as written, it may be no figure
        render: ({ amount, award }) => (award === null ? amount : format.amount(award.amount)),
      },
      {
        key: 'givenOn',
        title: t('payroll.importing.columns.givenOn'),
        width: 124,
        render: ({ givenOn, award }) => award?.givenOn ?? givenOn,
      },
      { key: 'reason', title: t('payroll.importing.columns.reason'), width: 130 },
      {
        key: 'faults',
        title: t('payroll.importing.outcome'),
        grows: true,
        render: (row) => <Outcome row={row} />,
      },
    ],
    [t, format],
  );
}

/** Of the row as a whole: nothing. */
function nameOf(t: ReturnType<typeof useText>, { path }: FieldFault): string {
  const column = COLUMNS.find((name) => name === path);
  return column === undefined ? '' : `${t(`payroll.importing.columns.${column}`)} `;
}

function Outcome({ row: { faults, before } }: Readonly<{ row: Checked }>) {
  const t = useText();
  const format = useFormat();
  if (faults.length > 0) {
    const text = faults.map((fault) => `${nameOf(t, fault)}${faultText(t, fault)}`).join('; ');
    return (
      <span style={{ color: TONES.bad.ink }} title={text}>
        {text}
      </span>
    );
  }
  if (before === null) return <ToneTag tone="good">{t('payroll.importing.toGive')}</ToneTag>;
  const by = before.givenBy ?? t('payroll.importing.commandLine');
  return (
    <ToneTag tone="quiet">{t('payroll.importing.before', { at: format.dateTime(before.importedAt), by })}</ToneTag>
  );
}
