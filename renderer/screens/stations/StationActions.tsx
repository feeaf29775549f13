import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { OperationName } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ConfirmButton, Dialog, EntryForm, ErrorNotice } from '#renderer/ui/index.ts';
import type { Station } from './words.ts';

type Props = Readonly<{ station: Station }>;

/** What head office can do about a station. */
export function StationActions({ station }: Props) {
  const t = useText();
  const may = useMay();
  const [isRenaming, setRenaming] = useState(false);
  if (!may('stations.manage') || station.state === 'revoked' || station.state === 'replaced') return null;
  return (
    <span className="mw-station-actions">
      <Button onClick={() => setRenaming(true)}>{t('stations.rename')}…</Button>
      {station.state === 'active' ? <Suspend station={station} /> : <Resume station={station} />}
      <Revoke station={station} />
      {isRenaming && <RenameDialog station={station} onClose={() => setRenaming(false)} />}
    </span>
  );
}

type Move = Extract<OperationName, 'stations.suspend' | 'stations.resume' | 'stations.revoke'>;

/** Sends the station the way `name` says and tells what came of it. */
function useMove(name: Move, { id, version }: Station, done: string) {
  const { message } = App.useApp();
  const operation = useOperation(name);
  const move = () => operation.mutate({ id, version }, { onSuccess: () => void message.success(done) });
  return { move, operation };
}

function Suspend({ station }: Props) {
  const t = useText();
  const { name } = station;
  const { move, operation } = useMove('stations.suspend', station, t('stations.suspended', { name }));
  return (
    <>
      <ErrorNotice error={operation.error} />
      <ConfirmButton
        loading={operation.isPending}
        question={t('stations.suspendQuestion', { name })}
        consequence={t('stations.suspendText')}
        confirmText={t('stations.suspend')}
        onClick={move}
      >
        {t('stations.suspend')}
      </ConfirmButton>
    </>
  );
}

function Resume({ station }: Props) {
  const t = useText();
  const { move, operation } = useMove('stations.resume', station, t('stations.resumed', { name: station.name }));
  return (
    <>
      <ErrorNotice error={operation.error} />
      <Button type="primary" loading={operation.isPending} onClick={move}>
        {t('stations.resume')}
      </Button>
    </>
  );
}

function Revoke({ station }: Props) {
  const t = useText();
  const { name, pendingCount: count } = station;
  const { move, operation } = useMove('stations.revoke', station, t('stations.revoked', { name }));
  return (
    <>
      <ErrorNotice error={operation.error} />
      <ConfirmButton
        danger
        loading={operation.isPending}
        question={t('stations.revokeQuestion', { name })}
        consequence={t('stations.revokeText', { count })}
        confirmText={t('stations.revoke')}
        onClick={move}
      >
        {t('stations.revoke')}
      </ConfirmButton>
    </>
  );
}

type Values = { name: string };

function RenameDialog({ station, onClose }: Props & Readonly<{ onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('stations.rename');
  const { id, version } = station;

  function save({ name }: Values): void {
    operation.mutate(
      { id, version, name },
      {
        onSuccess: (renamed) => {
          void message.success(t('stations.renamed', renamed));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog isOpen width={420} title={t('stations.rename')} onClose={onClose}>
      <EntryForm
        form={form}
        initialValues={{ name: station.name }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
      >
        <Form.Item name="name" label={t('stations.columns.name')}>
          <Input autoFocus maxLength={100} autoComplete="off" />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
