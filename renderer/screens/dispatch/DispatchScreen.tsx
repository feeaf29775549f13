import { App } from 'antd';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import type { OperationFailed } from '#renderer/api/failure.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, errorText, Loaded, Page, SearchField, ToneTag, useFormat } from '#renderer/ui/index.ts';
import { AssignDialog } from './AssignDialog.tsx';
import { Queue } from './Queue.tsx';
import { TechnicianCard } from './TechnicianCard.tsx';
import './dispatch.css';

type Board = OutputOf<'dispatch.queue'>;
export type QueuedOrder = Board['orders'][number];
export type Technician = Board['technicians'][number];

const FRESH_AFTER = 15_000; // Milliseconds: others register and dispatch, too.

type Asked = Readonly<{ order: QueuedOrder; technicianId: string | null }>;

/** The queue on the left, who can take it on the right; a number key gives the marked work to that technician. */
export function DispatchScreen() {
  const t = useText();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const query = useQueryOperation('dispatch.queue', { search }, { refetchInterval: FRESH_AFTER, keepPrevious: true });
  const board = query.data;
  return (
    <Page
      title={t('dispatch.title')}
      body="fill"
      isBusy={query.isFetching && !query.data}
      extra={
        board && <ToneTag tone="neutral">{t('dispatch.queueCount', { total: format.count(board.total) })}</ToneTag>
      }
      actions={
        <>
          <span className="mw-soft">{t('dispatch.hint')}</span>
          <SearchField placeholder={t('dispatch.search')} onSearch={setSearch} width={210} />
        </>
      }
    >
      <Loaded query={query}>{(loaded) => <BoardView board={loaded} />}</Loaded>
    </Page>
  );
}

function BoardView({ board }: Readonly<{ board: Board }>) {
  const t = useText();
  const may = useMay();
  const [chosenId, setChosenId] = useState<string>();
  const [asked, setAsked] = useState<Asked>();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked === undefined) focusQueue(place.current);
  }, [asked]);
  const assign = useAssign();
  const chosen = board.orders.find((order) => order.id === chosenId) ?? board.orders[0];
  const mayAssign = may('dispatch.assign');

  function keyDown(event: KeyboardEvent): void {
    const technician = board.technicians[Number(event.key) - 1];
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!mayAssign || !isPlain || event.target instanceof HTMLInputElement || !technician || !chosen || asked) return;
    event.preventDefault();
    assign(chosen, technician);
  }

  const ask = (order: QueuedOrder, technicianId: string | null) => mayAssign && setAsked({ order, technicianId });
  return (
    <div className="mw-board" ref={place} onKeyDown={keyDown}>
      <Queue
        orders={board.orders}
        total={board.total}
        onSelect={(order) => setChosenId(order.id)}
        onOpen={(order) => ask(order, order.suggestedTechnicianId)}
      />
      <div className="mw-board-people">
        {board.technicians.length === 0 && (
          <EmptyState title={t('dispatch.noTechnicians')} text={t('dispatch.noTechniciansText')} />
        )}
        {board.technicians.map((technician, index) => (
          <TechnicianCard
            key={technician.id}
            technician={technician}
            place={index + 1}
            category={chosen?.category ?? ''}
            isSuggested={chosen?.suggestedTechnicianId === technician.id}
            onAssign={chosen && mayAssign ? () => ask(chosen, technician.id) : undefined}
          />
        ))}
      </div>
      {asked && (
        <AssignDialog
          title={`${t('workOrders.steps.dispatch')} · ${asked.order.number}`}
          order={asked.order}
          technicianId={asked.technicianId}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

/** Where the arrow and number keys work. */
function focusQueue(board: HTMLElement | null): void {
  board?.querySelector<HTMLElement>('[role=grid]')?.focus();
}

function useAssign(): (order: QueuedOrder, technician: Technician) => void {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();
  const operation = useOperation('dispatch.assign');
  return ({ id, version, number }, technician) =>
    operation.mutate(
      { id, version, technicianId: technician.id },
      {
        onSuccess: () => void message.success(t('dispatch.assigned', { number, name: technician.name })),
        onError: (error: OperationFailed) => void message.error(errorText(t, format, error)),
      },
    );
}
