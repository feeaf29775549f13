import { useState } from 'react';
import { DEPARTMENT_KINDS } from '#domain/organisation/kinds.ts';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, type GridColumn, Loaded, Page, ToneTag } from '#renderer/ui/index.ts';
import { DepartmentDialog } from './DepartmentDialog.tsx';
import { KeptByHeadOffice } from './KeptByHeadOffice.tsx';
import type { TabProps } from './OrganisationScreen.tsx';
import type { TreeRow } from './tree-rows.ts';
import { CountOrNone, TreeGrid } from './TreeGrid.tsx';
import { TreeSelect } from './TreeSelect.tsx';
import { unitOptions } from './units.ts';
import { useUpkeep } from './use-upkeep.ts';

export type Department = OutputOf<'organisation.departments'>['departments'][number];

/** What a unit consists of: departments, and the positions in them. */
export function DepartmentsTab({ tabs }: TabProps) {
  const t = useText();
  const { station } = useSession();
  const [unitId, setUnitId] = useState(station.unitId);
  const units = useQueryOperation('organisation.units', {}, { staleTime: 60_000 });
  const query = useQueryOperation('organisation.departments', { unitId }, { keepPrevious: true });
  const all = units.data?.units ?? [];
  return (
    <Page
      title={t('organisation.title')}
      extra={tabs}
      actions={
        all.length > 1 && (
          <TreeSelect
            aria-label={t('organisation.departments.unit')}
            style={{ width: 300 }}
            value={unitId}
            options={unitOptions(all)}
            onChange={setUnitId}
          />
        )
      }
      body="fill"
      isBusy={query.isFetching}
    >
      <KeptByHeadOffice />
      <Loaded query={query}>
        {({ departments }) => <Tree key={unitId} unitId={unitId} departments={departments} />}
      </Loaded>
    </Page>
  );
}

type Edited = Readonly<{ department: Department | null; parent: Department | undefined }>;

function Tree({ unitId, departments }: Readonly<{ unitId: string; departments: readonly Department[] }>) {
  const t = useText();
  const { mayManage } = useUpkeep();
  const [edited, setEdited] = useState<Edited>();
  const add = (parent: Department | undefined) =>
    setEdited({ department: null, parent: departmentOf(parent, departments) });
  return (
    <>
      <TreeGrid
        id="organisation.departments"
        aria-label={t('organisation.tabs.departments')}
        nodes={departments}
        title={t('organisation.departments.name')}
        columns={useColumns()}
        onOpen={mayManage ? (department) => setEdited({ department, parent: undefined }) : undefined}
        onAdd={mayManage ? add : undefined}
        empty={<EmptyState text={t('organisation.departments.emptyText')} />}
        addText={(chosen) => addText(departmentOf(chosen, departments))}
      />
      {edited && (
        <DepartmentDialog
          unitId={unitId}
          departments={departments}
          department={edited.department}
          parent={edited.parent}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );

  function addText(parent: Department | undefined): string {
    return parent ? t('organisation.departments.addBelow', { name: parent.name }) : t('organisation.departments.add');
  }
}

/** Below a position there is nothing: what is added there goes beside it. */
function departmentOf(chosen: Department | undefined, all: readonly Department[]): Department | undefined {
  return chosen?.kind === 'position' ? all.find(({ id }) => id === chosen.parentId) : chosen;
}

function useColumns(): readonly GridColumn<TreeRow<Department>>[] {
  const t = useText();
  return [
    {
      key: 'kind',
      title: t('organisation.departments.kind'),
      type: 'choice',
      width: 160,
      choices: DEPARTMENT_KINDS.map((kind) => ({ value: kind, label: t(`organisation.departmentKinds.${kind}`) })),
      render: ({ kind }) => (
        <ToneTag tone={kind === 'department' ? 'active' : 'neutral'}>
          {t(`organisation.departmentKinds.${kind}`)}
        </ToneTag>
      ),
    },
    {
      key: 'employees',
      title: t('organisation.units.employees'),
      type: 'count',
      width: 120,
      render: ({ employees }) => <CountOrNone count={employees} />,
    },
  ];
}
