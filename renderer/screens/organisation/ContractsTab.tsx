import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  EmptyState,
  type GridColumn,
  Loaded,
  LocalGrid,
  Page,
  SearchField,
  ToneTag,
} from '#renderer/ui/index.ts';
import { kindOptions, kindText } from '../work-orders/codes.ts';
import { ContractDialog } from './ContractDialog.tsx';
import { ContractStateTag } from './ContractStateTag.tsx';
import { KeptByHeadOffice } from './KeptByHeadOffice.tsx';
import type { TabProps } from './OrganisationScreen.tsx';
import { useUpkeep } from './use-upkeep.ts';

type Contract = OutputOf<'organisation.contracts'>['contracts'][number];
type Row = Contract & Readonly<{ areaWords: string; kindWords: string }>;

/** The contracts under which others run an outlet, and a try at whom work at an address would go to. */
export function ContractsTab({ tabs }: TabProps) {
  const t = useText();
  const [, setParams] = useSearchParams();
  const { mayManage } = useUpkeep();
  const query = useQueryOperation('organisation.contracts', {});
  const [isAdding, setAdding] = useState(false);
  const open = (contract: string) => setParams({ tab: 'contracts', contract });
  return (
    <Page
      title={t('organisation.title')}
      extra={tabs}
      actions={
        mayManage && (
          <ActionButton type="primary" hotkey="Alt+N" onClick={() => setAdding(true)}>
            {t('organisation.contracts.add')}
          </ActionButton>
        )
      }
      body="fill"
      isBusy={query.isFetching}
    >
      <KeptByHeadOffice />
      <ProviderFinder />
      <Loaded query={query}>{({ contracts }) => <List contracts={contracts} onOpen={({ id }) => open(id)} />}</Loaded>
      {isAdding && <ContractDialog contract={null} onClose={() => setAdding(false)} onSaved={open} />}
    </Page>
  );
}

function List({ contracts, onOpen }: Readonly<{ contracts: readonly Contract[]; onOpen: (row: Row) => void }>) {
  const t = useText();
  const rows = useMemo(
    () =>
      contracts.map((contract) => ({
        ...contract,
        areaWords: contract.areas.join(' / '),
        kindWords: contract.kinds.map((kind) => kindText(t, kind)).join(' / '),
      })),
    [contracts, t],
  );
  const columns: readonly GridColumn<Row>[] = [
    { key: 'number', title: t('organisation.contracts.number'), type: 'code', width: 120 },
    { key: 'provider', title: t('organisation.contracts.provider'), width: 160 },
    { key: 'unitName', title: t('organisation.contracts.unit'), width: 140 },
    { key: 'areaWords', title: t('organisation.contracts.areas') },
    { key: 'kindWords', title: t('organisation.contracts.kinds') },
    { key: 'fromOn', title: t('organisation.contracts.fromOn'), type: 'date' },
    { key: 'toOn', title: t('organisation.contracts.toOn'), type: 'date' },
    { key: 'rating', title: t('organisation.contracts.rating'), type: 'count', width: 90 },
    {
      key: 'state',
      title: t('organisation.contracts.state'),
      type: 'choice',
      width: 120,
      choices: (['active', 'suspended', 'ended'] as const).map((value) => ({
        value,
        label: t(`organisation.contractStates.${value}`),
      })),
      render: (row) => <ContractStateTag contract={row} />,
    },
  ];
  return (
    <LocalGrid<Row>
      id="organisation.contracts"
      aria-label={t('organisation.tabs.contracts')}
      rows={rows}
      columns={columns}
      rowKey="id"
      onOpen={onOpen}
      empty={<EmptyState text={t('organisation.contracts.emptyText')} />}
    />
  );
}

type Kind = Contract['kinds'][number];

/** Whether the areas of the contracts are right shows best with an address. */
function ProviderFinder() {
  const t = useText();
  const [address, setAddress] = useState('');
  const [kind, setKind] = useState<Kind>('installation');
  const asked = address.trim();
  const query = useQueryOperation(
    'organisation.suggestProvider',
    { address: asked, kind },
    { enabled: asked !== '', keepPrevious: true },
  );
  return (
    <div className="mw-provider-finder">
      <span className="mw-soft">{t('organisation.finder.title')}</span>
      <SearchField onSearch={setAddress} width={320} placeholder={t('organisation.finder.address')} />
      <Select<Kind>
        aria-label={t('organisation.contracts.kinds')}
        style={{ width: 120 }}
        value={kind}
        options={kindOptions(t)}
        onChange={setKind}
      />
      {asked !== '' && query.data && <Found suggestion={query.data.suggestion} />}
    </div>
  );
}

function Found({ suggestion }: Readonly<{ suggestion: OutputOf<'organisation.suggestProvider'>['suggestion'] }>) {
  const t = useText();
  if (!suggestion) return <ToneTag tone="waiting">{t('organisation.finder.nobody')}</ToneTag>;
  const { provider, unitName, area, rating, others } = suggestion;
  return (
    <span className="mw-provider-found">
      <ToneTag tone="good">{`${provider} · ${unitName}`}</ToneTag>
      <span className="mw-soft">{t('organisation.finder.reason', { area, rating, others })}</span>
    </span>
  );
}
