import { useCallback, useMemo, useState } from 'react';
import { normalizeSearch } from '#domain/search.ts';
import { UNIT_KINDS } from '#domain/organisation/kinds.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, type GridColumn, Loaded, Page, SearchField, type Tone, ToneTag } from '#renderer/ui/index.ts';
import { KeptByHeadOffice } from './KeptByHeadOffice.tsx';
import type { TabProps } from './OrganisationScreen.tsx';
import type { TreeRow } from './tree-rows.ts';
import { CountOrNone, TreeGrid } from './TreeGrid.tsx';
import { UnitDialog } from './UnitDialog.tsx';
import type { Unit } from './units.ts';
import { useOwnUnits, useUpkeep } from './use-upkeep.ts';

/** The tree of units: who belongs to whom, who is whose region, and which of them a station serves. */
export function UnitsTab({ tabs }: TabProps) {
  const t = useText();
  const query = useQueryOperation('organisation.units', {});
  const [fragment, setFragment] = useState('');
  return (
    <Page
      title={t('organisation.title')}
      extra={tabs}
      actions={<SearchField onSearch={setFragment} placeholder={t('organisation.units.search')} />}
      body="fill"
      isBusy={query.isFetching}
    >
      <KeptByHeadOffice />
      <Loaded query={query}>{({ units }) => <Tree units={units} fragment={fragment} />}</Loaded>
    </Page>
  );
}

type Edited = Readonly<{ unit: Unit | null; parent: Unit | undefined }>;

function Tree({ units, fragment }: Readonly<{ units: readonly Unit[]; fragment: string }>) {
  const t = useText();
  const { mayManage } = useUpkeep();
  const [edited, setEdited] = useState<Edited>();
  const columns = useColumns(units);
  const matches = useMatches(fragment);
  const own = useOwnUnits(units);
  const top = units.find((unit) => own.has(unit.id) && (unit.parentId === null || !own.has(unit.parentId)));
  // What is added with the cursor on a unit of others, or on none, goes below one's own.
  const parentFor = (chosen: Unit | undefined) => (chosen && own.has(chosen.id) ? chosen : top);
  const add = (chosen: Unit | undefined) => setEdited({ unit: null, parent: parentFor(chosen) });
  return (
    <>
      <TreeGrid
        id="organisation.units"
        aria-label={t('organisation.tabs.units')}
        nodes={units}
        title={t('organisation.units.name')}
        columns={columns}
        matches={matches}
        onOpen={mayManage ? (unit) => own.has(unit.id) && setEdited({ unit, parent: undefined }) : undefined}
        onAdd={mayManage ? add : undefined}
        empty={<EmptyState title={t('organisation.units.nothingFound')} />}
        addText={(chosen) => t('organisation.units.addBelow', { name: parentFor(chosen)?.name ?? '' })}
      />
      {edited && (
        <UnitDialog units={units} unit={edited.unit} parent={edited.parent} onClose={() => setEdited(undefined)} />
      )}
    </>
  );
}

function useMatches(fragment: string): ((unit: Unit) => boolean) | undefined {
  const sought = normalizeSearch(fragment);
  const matches = useCallback((unit: Unit) => normalizeSearch(`${unit.name} ${unit.code}`).includes(sought), [sought]);
  return sought === '' ? undefined : matches;
}

const KIND_TONES: Readonly<Record<Unit['kind'], Tone>> = {
  'head-office': 'special',
  region: 'active',
  province: 'neutral',
  outlet: 'quiet',
};

function useColumns(units: readonly Unit[]): readonly GridColumn<TreeRow<Unit>>[] {
  const t = useText();
  const names = useMemo(() => new Map(units.map(({ id, name }) => [id, name])), [units]);
  return [
    { key: 'code', title: t('organisation.units.code'), type: 'code', width: 100 },
    {
      key: 'kind',
      title: t('organisation.units.kind'),
      type: 'choice',
      width: 120,
      choices: UNIT_KINDS.map((kind) => ({ value: kind, label: t(`organisation.unitKinds.${kind}`) })),
      render: ({ kind }) => <ToneTag tone={KIND_TONES[kind]}>{t(`organisation.unitKinds.${kind}`)}</ToneTag>,
    },
    {
      key: 'regionId',
      title: t('organisation.units.region'),
      width: 150,
      render: ({ regionId }) => names.get(regionId) ?? '',
    },
    {
      key: 'employees',
      title: t('organisation.units.employees'),
      type: 'count',
      width: 100,
      render: ({ employees }) => <CountOrNone count={employees} />,
    },
    {
      key: 'warehouses',
      title: t('organisation.units.warehouses'),
      type: 'count',
      width: 110,
      render: ({ warehouses }) => <CountOrNone count={warehouses} />,
    },
    {
      key: 'hasStation',
      title: t('organisation.units.station'),
      type: 'yesNo',
      width: 90,
      render: ({ hasStation }) => (hasStation ? t('common.yes') : <span className="mw-soft">–</span>),
    },
    { key: 'timeZone', title: t('organisation.units.timeZone'), width: 140 },
    { key: 'currency', title: t('organisation.units.currency'), type: 'code', width: 90 },
  ];
}
