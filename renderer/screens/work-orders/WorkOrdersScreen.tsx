import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { WORK_ORDER_STATES } from '#domain/work-orders/states.ts';
import type { InputOf } from '#operations/index.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DataGrid, EmptyState, type Filters, Page } from '#renderer/ui/index.ts';
import { orderColumns } from './columns.tsx';

type Scope = NonNullable<InputOf<'workOrders.list'>['scope']>;

const SCOPES: readonly Scope[] = ['open', 'mine', 'overdue', 'awaiting-pick-up', 'all'];

/** All work orders: quick scopes above, a filter under every heading. `?scope=…&states=a,b` comes from elsewhere. */
export function WorkOrdersScreen() {
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  const [address, setAddress] = useSearchParams();
  const scope = SCOPES.find((known) => known === address.get('scope')) ?? 'open';
  const states = address.get('states') ?? '';
  const columns = useMemo(() => orderColumns(t), [t]);
  const input = useMemo(() => ({ scope }), [scope]);
  const id = `work-orders ${scope} ${states}`;
  return (
    <Page
      title={t('workOrders.title')}
      body="fill"
      extra={
        <Segmented<Scope>
          value={scope}
          options={SCOPES.map((value) => ({ value, label: t(`workOrders.scopes.${value}`) }))}
          onChange={(value) => setAddress({ scope: value })}
        />
      }
      actions={
        may('intake.register') && (
          <ActionButton type="primary" onClick={() => void navigate('/intake')}>
            {t('intake.title')}
          </ActionButton>
        )
      }
    >
      <DataGrid
        key={id}
        id={id}
        operation="workOrders.list"
        input={input}
        initial={{ filters: filtersOf(states) }}
        columns={columns}
        rowKey="id"
        aria-label={t('workOrders.title')}
        onOpen={({ id }) => void navigate(`/work-orders/${id}`)}
        empty={<EmptyState title={t('workOrders.emptyTitle')} text={t('workOrders.emptyText')} />}
      />
    </Page>
  );
}

function filtersOf(states: string): Filters {
  const values = WORK_ORDER_STATES.filter((state) => states.split(',').includes(state));
  return values.length === 0 ? {} : { state: { kind: 'oneOf', values } };
}
