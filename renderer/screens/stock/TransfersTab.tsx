import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useMay } from '#renderer/app/session.tsx';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DataGrid, EmptyState, type GridColumn, type RowOf, ToneTag } from '#renderer/ui/index.ts';
import { StandingTag, standingOptions } from '../handshakes/standing.tsx';
import { TransferDrawer } from './TransferDrawer.tsx';
import { TransferForm } from './TransferForm.tsx';

const VIEWS = ['in-transit', 'in', 'out'] as const;
type View = (typeof VIEWS)[number];
type Row = RowOf<'transfers.list'>;

const FRESH_AFTER = 15_000; // milliseconds: what is sent here comes by itself

/** Parts between this unit's warehouses and others: what is on its way, what came, what left, and a new shipment. */
export function TransfersTab() {
  const t = useText();
  const may = useMay();
  const [view, setView] = useState<View>('in-transit');
  const [isShipping, setShipping] = useState(false);
  const [openId, setOpenId] = useState<string>();
  if (isShipping) return <TransferForm onClose={() => setShipping(false)} />;
  return (
    <div className="mw-stock-tab">
      <div className="mw-transfer-bar">
        <Segmented<View>
          size="small"
          value={view}
          options={VIEWS.map((value) => ({ value, label: t(`transfers.views.${value}`) }))}
          onChange={setView}
        />
        {may('stock.transfer') && (
          <ActionButton type="primary" hotkey="Alt+N" onClick={() => setShipping(true)}>
            {t('transfers.new')}
          </ActionButton>
        )}
      </div>
      <TransferGrid key={view} view={view} onOpen={setOpenId} />
      {openId !== undefined && <TransferDrawer id={openId} onClose={() => setOpenId(undefined)} />}
    </div>
  );
}

function TransferGrid({ view, onOpen }: Readonly<{ view: View; onOpen: (id: string) => void }>) {
  const t = useText();
  const columns = useMemo(() => transferColumns(t), [t]);
  const box = view === 'in-transit' ? 'in' : view;
  const input = useMemo(() => ({ box }), [box]);
  const look = {
    rowKey: 'id',
    refetchInterval: FRESH_AFTER,
    onOpen: ({ id }: Row) => onOpen(id),
    empty: <EmptyState text={t('transfers.empty')} />,
  } as const;
  if (view === 'in-transit')
    return <DataGrid {...look} operation="transfers.inTransit" columns={inTransitColumns(t)} />;
  return <DataGrid {...look} operation="transfers.list" id={`transfers ${view}`} input={input} columns={columns} />;
}

function transferColumns(t: Translate): GridColumn<Row>[] {
  return [
    {
      key: 'state',
      title: t('handshakes.state'),
      type: 'choice',
      width: 112,
      choices: standingOptions(t),
      render: (row) => <StandingTag {...row} />,
    },
    { key: 'unit', title: t('handshakes.from'), width: 132 },
    { key: 'toUnit', title: t('handshakes.to'), width: 132 },
    { key: 'subject', title: t('transfers.parts'), grows: true },
    { key: 'note', title: t('stock.note'), width: 150 },
    { key: 'requestedOn', title: t('transfers.shippedOn'), type: 'date', width: 104 },
    { key: 'answeredOn', title: t('transfers.receivedOn'), type: 'date', width: 104 },
    { key: 'number', title: t('handshakes.number'), type: 'code', width: 172 },
    { key: 'reason', title: t('handshakes.reason'), width: 130 },
  ];
}

/** What is to be done about it comes first: receive, take back, or wait. */
function inTransitColumns(t: Translate): GridColumn<RowOf<'transfers.inTransit'>>[] {
  const wanted = ({ isIncoming, state }: RowOf<'transfers.inTransit'>) => {
    if (state === 'accepted') return isIncoming ? 'being-decided' : 'decide';
    if (state === 'refused') return isIncoming ? 'goes-back' : 'take-back';
    return isIncoming ? 'receive' : 'under-way';
  };
  return transferColumns(t)
    .filter(({ key }) => key !== 'answeredOn')
    .map((column) => {
      if (column.key !== 'state') return column;
      return {
        ...column,
        render: (row: RowOf<'transfers.inTransit'>) => {
          const todo = wanted(row);
          const tone = todo === 'receive' ? 'waiting' : todo === 'take-back' || todo === 'decide' ? 'bad' : 'neutral';
          return <ToneTag tone={tone}>{t(`transfers.todo.${todo}`)}</ToneTag>;
        },
      };
    });
}
