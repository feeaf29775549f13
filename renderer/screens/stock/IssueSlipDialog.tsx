import { Segmented } from 'antd';
import { useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Loaded, SlipDialog } from '#renderer/ui/index.ts';
import { IssueSlip, type Paper, PAPERS } from './IssueSlip.tsx';

type Props = Readonly<{ id: string; onClose: () => void }>;

/** An issue, a return or old parts as they will be on paper: a sheet, or the roll of a till printer. */
export function IssueSlipDialog({ id, onClose }: Props) {
  const t = useText();
  const query = useQueryOperation('stock.document', { id });
  const [paper, setPaper] = useState<Paper>('a4');
  return (
    <SlipDialog
      title={t('slips.dialog')}
      about={query.data?.number ?? ''}
      onClose={onClose}
      width={680}
      head={
        <Segmented<Paper>
          value={paper}
          options={PAPERS.map((value) => ({ value, label: t(`slips.papers.${value}`) }))}
          onChange={setPaper}
        />
      }
    >
      <Loaded query={query}>{(document) => <IssueSlip document={document} paper={paper} />}</Loaded>
    </SlipDialog>
  );
}
