import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useMay } from '#renderer/app/session.tsx';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DataGrid, EmptyState, type GridColumn, type RowOf } from '#renderer/ui/index.ts';
import { StandingTag, standingOptions } from '../handshakes/standing.tsx';
import { PlanForm, type PlannedLine } from './PlanForm.tsx';
import { RequisitionDrawer } from './RequisitionDrawer.tsx';
import './requisitions.css';

const BOXES = ['in', 'out'] as const;
type Box = (typeof BOXES)[number];
type Row = RowOf<'requisitions.list'>;

const FRESH_AFTER = 15_000; // milliseconds: what is asked of us comes by itself

/** What units below ask of this one, and what this one asks of those above it. */
export function RequisitionsTab() {
  const t = useText();
  const may = useMay();
  const [box, setBox] = useState<Box>('in');
  const [planned, setPlanned] = useState<readonly PlannedLine[]>();
  const [openId, setOpenId] = useState<string>();
  const columns = useMemo(() => columnsOf(t), [t]);
  const input = useMemo(() => ({ box }), [box]);
  if (planned) {
    const close = () => {
      setPlanned(undefined);
      setBox('out');
    };
    return <PlanForm planned={planned} onClose={close} />;
  }
  return (
    <div className="mw-stock-tab">
      <div className="mw-transfer-bar">
        <Segmented<Box>
          size="small"
          value={box}
          options={BOXES.map((value) => ({ value, label: t(`requisitions.boxes.${value}`) }))}
          onChange={setBox}
        />
        {may('requisition.plan') && (
          <ActionButton type="primary" hotkey="Alt+N" onClick={() => setPlanned([])}>
            {t('requisitions.new')}
          </ActionButton>
        )}
      </div>
      <DataGrid
        key={box}
        operation="requisitions.list"
        id={`requisitions ${box}`}
        input={input}
        columns={columns}
        rowKey="id"
        refetchInterval={FRESH_AFTER}
        onOpen={({ id }) => setOpenId(id)}
        empty={<EmptyState text={t(`requisitions.empty.${box}`)} />}
      />
      {openId !== undefined && (
        <RequisitionDrawer id={openId} onPlanAgain={setPlanned} onClose={() => setOpenId(undefined)} />
      )}
    </div>
  );
}

function columnsOf(t: Translate): GridColumn<Row>[] {
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
    { key: 'requestedOn', title: t('handshakes.requestedOn'), type: 'date', width: 104 },
    { key: 'answeredOn', title: t('handshakes.answeredOn'), type: 'date', width: 114 },
    { key: 'number', title: t('handshakes.number'), type: 'code', width: 172 },
    { key: 'reason', title: t('handshakes.reason'), width: 130 },
  ];
}
