import { App, Form, Input } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  ConfirmButton,
  Dialog,
  EmptyState,
  EntryForm,
  errorText,
  type GridColumn,
  Loaded,
  LocalGrid,
  ToneTag,
  type Tone,
  useFormat,
} from '#renderer/ui/index.ts';

type Pc = OutputOf<'pcs.list'>['pcs'][number];
type Row = Pc & Readonly<{ stateText: string; shownCode: string }>;

const STATE_TONES: Readonly<Record<Pc['state'], Tone>> = { waiting: 'waiting', approved: 'good', refused: 'bad' };

/** ms between two looks: somebody may be standing at the other PC. */
const LOOK_EVERY = 5000;

/** The other PCs of the station: who asks is let in, or not, by the code on both screens. */
export function PcsTab() {
  const query = useQueryOperation('pcs.list', {}, { refetchInterval: LOOK_EVERY });
  return <Loaded query={query}>{({ pcs }) => <Pcs pcs={pcs} />}</Loaded>;
}

function Pcs({ pcs }: Readonly<{ pcs: readonly Pc[] }>) {
  const t = useText();
  const [approved, setApproved] = useState<Row>();
  const rows = pcs.map((pc) => ({ ...pc, stateText: t(`setup.pcs.states.${pc.state}`), shownCode: shown(pc) }));
  const columns: readonly GridColumn<Row>[] = [
    { key: 'name', title: t('setup.pcs.name'), grows: true },
    {
      key: 'stateText',
      title: t('setup.pcs.state'),
      width: 110,
      render: (row) => <ToneTag tone={STATE_TONES[row.state]}>{row.stateText}</ToneTag>,
    },
    { key: 'shownCode', title: t('setup.pcs.code'), type: 'code', width: 100 },
    { key: 'address', title: t('setup.pcs.address'), type: 'code', width: 150 },
    { key: 'askedAt', title: t('setup.pcs.askedAt'), type: 'instant', width: 150 },
    { key: 'decidedBy', title: t('setup.pcs.decidedBy'), width: 120 },
    { key: 'lastSeenAt', title: t('setup.pcs.lastSeenAt'), type: 'instant', width: 150 },
    {
      key: 'id',
      title: '',
      width: 190,
      isFilterable: false,
      isSortable: false,
      render: (row) => <Actions pc={row} onApprove={() => setApproved(row)} />,
    },
  ];
  return (
    <>
      <LocalGrid<Row>
        id="setup.pcs"
        rows={rows}
        columns={columns}
        rowKey="id"
        empty={<EmptyState text={t('setup.pcs.emptyText')} />}
      />
      {approved && <ApproveDialog pc={approved} onClose={() => setApproved(undefined)} />}
    </>
  );
}

/** Two groups of three are read aloud without mistakes. Later it means nothing any more. */
function shown({ state, code }: Pc): string {
  return state === 'waiting' ? `${code.slice(0, 3)} ${code.slice(3)}` : '';
}

function Actions({ pc, onApprove }: Readonly<{ pc: Pc; onApprove: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const refuse = useOperation('pcs.refuse');
  const format = useFormat();
  const { id, name, state } = pc;
  const isIn = state === 'approved';
  function keepOut(): void {
    refuse.mutate(
      { id },
      {
        onSuccess: () => void message.success(t('setup.pcs.refused', { name })),
        onError: (error) => void message.error(errorText(t, format, error)),
      },
    );
  }
  return (
    <span className="mw-setup-tags">
      {!isIn && (
        <ActionButton size="small" type={state === 'waiting' ? 'primary' : 'default'} onClick={onApprove}>
          {t('setup.pcs.approve')}
        </ActionButton>
      )}
      {state !== 'refused' && (
        <ConfirmButton
          size="small"
          danger
          question={isIn ? t('setup.pcs.revokeQuestion', { name }) : t('setup.pcs.refuseQuestion', { name })}
          consequence={isIn ? t('setup.pcs.revokeText') : t('setup.pcs.refuseText')}
          confirmText={isIn ? t('setup.pcs.revoke') : t('setup.pcs.refuse')}
          onClick={keepOut}
        >
          {isIn ? t('setup.pcs.revoke') : t('setup.pcs.refuse')}
        </ConfirmButton>
      )}
    </span>
  );
}

function ApproveDialog({ pc, onClose }: Readonly<{ pc: Row; onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ name: string }>();
  const operation = useOperation('pcs.approve');
  const code = `${pc.code.slice(0, 3)} ${pc.code.slice(3)}`;
  function approve({ name }: { name: string }): void {
    operation.mutate(
      { id: pc.id, name },
      {
        onSuccess: () => {
          void message.success(t('setup.pcs.approved', { name }));
          onClose();
        },
      },
    );
  }
  return (
    <Dialog isOpen width={460} title={t('setup.pcs.approveTitle', { code })} onClose={onClose}>
      <p className="mw-soft">{t('setup.pcs.approveText', { code })}</p>
      <EntryForm
        form={form}
        initialValues={{ name: pc.name }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={approve}
        submitText={t('setup.pcs.approveNow')}
      >
        <Form.Item name="name" label={t('setup.pcs.name')} rules={[{ required: true, message: t('common.required') }]}>
          <Input maxLength={60} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
