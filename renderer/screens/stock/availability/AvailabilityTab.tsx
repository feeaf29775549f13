import { App, Button, Checkbox, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DataGrid, EmptyState, type GridColumn, type RowOf, ToneTag } from '#renderer/ui/index.ts';
import { useSayWhy } from '../../handshakes/say-why.ts';
import { PlaceDialog, type PlaceOf } from './PlaceDialog.tsx';
import { ReserveDialog } from './ReserveDialog.tsx';

const VIEWS = ['below-min', 'reservations'] as const;
type View = (typeof VIEWS)[number];

/** What runs short, and what is kept back for somebody. */
export function AvailabilityTab() {
  const t = useText();
  const may = useMay();
  const [params] = useSearchParams();
  const [view, setView] = useState<View>(params.get('view') === 'reservations' ? 'reservations' : 'below-min');
  const [isReserving, setReserving] = useState(false);
  return (
    <div className="mw-stock-tab">
      <div className="mw-transfer-bar">
        <Segmented<View>
          size="small"
          value={view}
          options={VIEWS.map((value) => ({ value, label: t(`availability.views.${value}`) }))}
          onChange={setView}
        />
        {may('stock.reserve') && (
          <ActionButton type="primary" hotkey="Alt+N" onClick={() => setReserving(true)}>
            {t('availability.reserve')}
          </ActionButton>
        )}
      </div>
      {view === 'below-min' ? <BelowMin /> : <Reservations />}
      {isReserving && (
        <ReserveDialog
          onClose={() => {
            setReserving(false);
            setView('reservations');
          }}
        />
      )}
    </div>
  );
}

function BelowMin() {
  const t = useText();
  const mayEdit = useMay()('stock.receive');
  const [place, setPlace] = useState<PlaceOf>();
  const columns: readonly GridColumn<RowOf<'stock.belowMin'>>[] = [
    { key: 'number', title: t('stock.columns.partNumber'), type: 'code' },
    { key: 'name', title: t('stock.columns.part') },
    { key: 'warehouse', title: t('stock.columns.warehouse'), width: 140 },
    { key: 'bin', title: t('fields.bin'), width: 90 },
    { key: 'quantity', title: t('stock.columns.onHand'), type: 'quantity' },
    { key: 'minQuantity', title: t('fields.minQuantity'), type: 'quantity' },
    { key: 'maxQuantity', title: t('fields.maxQuantity'), type: 'quantity' },
    { key: 'wanted', title: t('availability.wanted'), type: 'quantity', width: 100 },
    { key: 'measure', title: t('stock.columns.measure'), width: 64 },
  ];
  return (
    <>
      <DataGrid
        operation="stock.belowMin"
        columns={columns}
        rowKey="id"
        {...(mayEdit
          ? { onOpen: ({ number, ...row }: RowOf<'stock.belowMin'>) => setPlace({ ...row, part: number }) }
          : {})}
        empty={<EmptyState text={t('availability.enough')} />}
      />
      {place && <PlaceDialog of={place} onClose={() => setPlace(undefined)} />}
    </>
  );
}

type Reservation = RowOf<'stock.reservations'>;

function Reservations() {
  const t = useText();
  const mayRelease = useMay()('stock.reserve');
  const [withClosed, setWithClosed] = useState(false);
  const input = useMemo(() => ({ withClosed }), [withClosed]);
  const columns: readonly GridColumn<Reservation>[] = [
    { key: 'untilOn', title: t('fields.untilOn'), type: 'date', width: 100 },
    {
      key: 'state',
      title: t('availability.state'),
      width: 104,
      isFilterable: false,
      render: (row) => <State {...row} />,
    },
    { key: 'number', title: t('stock.columns.partNumber'), type: 'code', width: 108 },
    { key: 'name', title: t('stock.columns.part'), width: 130, grows: true },
    { key: 'quantity', title: t('stock.columns.quantity'), type: 'quantity', width: 76 },
    { key: 'measure', title: t('stock.columns.measure'), width: 48 },
    { key: 'warehouse', title: t('stock.columns.warehouse'), width: 96 },
    { key: 'workOrder', title: t('stock.columns.workOrder'), type: 'code', width: 168 },
    { key: 'reservedFor', title: t('fields.reservedFor'), width: 120, grows: true },
    { key: 'employee', title: t('stock.columns.employee'), width: 68 },
    {
      key: 'id',
      title: '',
      width: 172,
      isFilterable: false,
      isSortable: false,
      render: (row) => mayRelease && row.state === 'open' && <Ends row={row} />,
    },
  ];
  return (
    <DataGrid
      operation="stock.reservations"
      input={input}
      columns={columns}
      rowKey="id"
      empty={<EmptyState text={t('availability.nothingReserved')} />}
      footer={
        <Checkbox checked={withClosed} onChange={(event) => setWithClosed(event.target.checked)}>
          {t('availability.withClosed')}
        </Checkbox>
      }
    />
  );
}

function State({ state, isExpired }: Pick<Reservation, 'state' | 'isExpired'>) {
  const t = useText();
  if (state === 'open' && isExpired) return <ToneTag tone="bad">{t('availability.states.expired')}</ToneTag>;
  return <ToneTag tone={state === 'open' ? 'active' : 'neutral'}>{t(`availability.states.${state}`)}</ToneTag>;
}

/** The two ways in which a reservation ends. */
function Ends({ row: { id, version, number } }: Readonly<{ row: Reservation }>) {
  const t = useText();
  const { message } = App.useApp();
  const sayWhy = useSayWhy();
  const operation = useOperation('stock.release');
  const end = (state: 'used' | 'released') =>
    operation.mutate(
      { id, version, state },
      {
        onSuccess: () => void message.success(t(`availability.ended.${state}`, { number })),
        onError: sayWhy,
      },
    );
  return (
    <>
      <Button size="small" type="link" loading={operation.isPending} onClick={() => end('used')}>
        {t('availability.hand')}
      </Button>
      <Button size="small" type="link" danger disabled={operation.isPending} onClick={() => end('released')}>
        {t('availability.release')}
      </Button>
    </>
  );
}
