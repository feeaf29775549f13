import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DateText,
  Facts,
  type GridColumn,
  Loaded,
  LocalGrid,
  Page,
  Section,
  ToneTag,
  useHotkey,
} from '#renderer/ui/index.ts';
import { kindText } from '../work-orders/codes.ts';
import { ContractDialog } from './ContractDialog.tsx';
import { ContractHistory } from './ContractHistory.tsx';
import { ContractStateTag } from './ContractStateTag.tsx';
import { EventDialog } from './EventDialog.tsx';
import { KeptByHeadOffice } from './KeptByHeadOffice.tsx';
import { useUpkeep } from './use-upkeep.ts';

export type ContractSheet = OutputOf<'organisation.contract'>;
type Installer = ContractSheet['installers'][number];

/** One contract: what was agreed, whom the provider sends, and everything that happened under it. */
export function ContractPage({ contractId }: Readonly<{ contractId: string }>) {
  const t = useText();
  const [, setParams] = useSearchParams();
  const { mayManage } = useUpkeep();
  const query = useQueryOperation('organisation.contract', { id: contractId });
  const [open, setOpen] = useState<'contract' | 'event'>();
  const back = () => setParams({ tab: 'contracts' });
  useHotkey('Escape', back);
  const sheet = query.data;
  return (
    <Page
      title={
        <>
          <Button type="text" aria-label={t('common.back')} icon={<ArrowLeftOutlined />} onClick={back} />
          {sheet ? `${sheet.contract.number} ${sheet.contract.provider}` : t('organisation.contracts.contract')}
        </>
      }
      extra={sheet && <ContractStateTag contract={sheet.contract} />}
      actions={
        mayManage &&
        sheet && (
          <>
            <ActionButton hotkey="Alt+E" onClick={() => setOpen('contract')}>
              {t('common.edit')}
            </ActionButton>
            <ActionButton type="primary" hotkey="Alt+N" onClick={() => setOpen('event')}>
              {t('organisation.events.add')}
            </ActionButton>
          </>
        )
      }
      isBusy={query.isFetching}
    >
      <KeptByHeadOffice />
      <Loaded query={query}>{(data) => <Sheet sheet={data} />}</Loaded>
      {sheet && open === 'contract' && <ContractDialog contract={sheet.contract} onClose={() => setOpen(undefined)} />}
      {sheet && open === 'event' && <EventDialog sheet={sheet} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function Sheet({ sheet }: Readonly<{ sheet: ContractSheet }>) {
  const t = useText();
  const { contract, installers, events } = sheet;
  return (
    <>
      <Section title={t('organisation.contracts.agreed')}>
        <Facts
          columns={3}
          labelWidth={104}
          facts={[
            { label: t('organisation.contracts.unit'), value: `${contract.unitName} ${contract.unitCode}` },
            { label: t('organisation.contracts.contact'), value: [contract.contact, contract.phone].join(' ').trim() },
            { label: t('organisation.contracts.rating'), value: contract.rating },
            {
              label: t('organisation.contracts.kinds'),
              value: contract.kinds.map((kind) => kindText(t, kind)).join(' / '),
            },
            { label: t('organisation.contracts.fromOn'), value: <DateText value={contract.fromOn} /> },
            {
              label: t('organisation.contracts.toOn'),
              value: contract.toOn === null ? t('organisation.contracts.openEnd') : <DateText value={contract.toOn} />,
            },
            { label: t('organisation.contracts.areas'), value: contract.areas.join(' / ') },
            { label: t('fields.note'), value: contract.note },
          ]}
        />
      </Section>
      <Section title={t('organisation.installers.title')}>
        <Installers installers={installers} />
      </Section>
      <Section title={t('organisation.events.title')}>
        <ContractHistory events={events} />
      </Section>
    </>
  );
}

function Installers({ installers }: Readonly<{ installers: readonly Installer[] }>) {
  const t = useText();
  if (installers.length === 0) return <p className="mw-soft">{t('organisation.installers.emptyText')}</p>;
  const columns: readonly GridColumn<Installer>[] = [
    { key: 'number', title: t('setup.columns.number'), type: 'code', width: 110 },
    { key: 'name', title: t('setup.columns.name'), width: 160, grows: true },
    { key: 'grade', title: t('setup.columns.grade'), width: 80 },
    { key: 'rewards', title: t('organisation.installers.rewards'), type: 'count', width: 90 },
    { key: 'penalties', title: t('organisation.installers.penalties'), type: 'count', width: 90 },
    { key: 'points', title: t('organisation.events.points'), type: 'count', width: 90 },
    {
      key: 'state',
      title: t('organisation.contracts.state'),
      type: 'choice',
      width: 130,
      render: (row) => <InstallerState installer={row} />,
    },
  ];
  return (
    <LocalGrid<Installer>
      aria-label={t('organisation.installers.title')}
      rows={installers}
      columns={columns}
      rowKey="id"
      height="rows"
    />
  );
}

function InstallerState({ installer: { state, isActive } }: Readonly<{ installer: Installer }>) {
  const t = useText();
  if (state === 'ended') return <ToneTag tone="bad">{t('organisation.installers.eliminated')}</ToneTag>;
  if (!isActive) return <ToneTag tone="quiet">{t('organisation.installers.left')}</ToneTag>;
  if (state === 'active') return <ToneTag tone="good">{t('organisation.installers.inGoodStanding')}</ToneTag>;
  return <ContractStateTag contract={{ state, isInForce: true }} />;
}
