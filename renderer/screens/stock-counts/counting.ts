import { useRef, useState } from 'react';
import type { InputOf, OutputOf } from '#operations/index.ts';
import { call, OperationFailed } from '#renderer/api/client.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { errorText, fixedFromText, useFormat } from '#renderer/ui/index.ts';

export type Thing = OutputOf<'stockCounts.find'>['things'][number];

/** What was counted last, large on the screen. */
export type Last = Readonly<{
  thing: Pick<Thing, 'id' | 'number' | 'name' | 'measure' | 'lot'>;
  /** Thousandths counted of it so far; null: nothing any more. */
  quantity: number | null;
  way: 'add' | 'set' | 'undo';
}>;

/** What is asked before something is counted: which of several, or the serial or batch number. */
type Asked = Readonly<{ kind: 'which'; things: readonly Thing[] } | { kind: 'lot'; thing: Thing }>;

type Shown = Readonly<{ last?: Last; asked?: Asked; problem?: string }>;

/** What is on the screen, and at hand for steps that were begun before it was drawn. */
function useDesk() {
  const current = useRef<Shown>({});
  const [shown, setShown] = useState<Shown>({});
  function put(next: Shown): void {
    current.current = next;
    setShown(next);
  }
  const withLast = (): Shown => (current.current.last ? { last: current.current.last } : {});
  return {
    shown,
    current: () => current.current,
    show: (last: Last) => put({ last }),
    ask: (asked: Asked | undefined) => put({ ...withLast(), ...(asked && { asked }) }),
    complain: (problem: string) => put({ ...current.current, problem }),
  };
}

type Desk = ReturnType<typeof useDesk>;
type Sent = Omit<InputOf<'stockCounts.count'>, 'id'>;
type Counted = OutputOf<'stockCounts.count'>;
type Done = Readonly<{ thing: Last['thing']; way: 'add' | 'set'; quantity: number; before: number | null }>;

const ONE = 1000; // thousandths

type Tools = Readonly<{
  countId: string;
  t: Translate;
  desk: Desk;
  /** What has been counted here, the last one last. */
  done: Done[];
  send: (step: Sent) => Promise<Counted>;
}>;

async function count({ desk, done, send }: Tools, thing: Last['thing'], way: 'add' | 'set', quantity: number) {
  const counted = await send({ partId: thing.id, lot: thing.lot, way, quantity });
  done.push({ thing, way, quantity, before: counted.before });
  desk.show({ thing, quantity: counted.quantity, way });
}

async function take(tools: Tools, thing: Thing): Promise<void> {
  if (thing.tracking !== 'none' && thing.lot === '') tools.desk.ask({ kind: 'lot', thing });
  else await count(tools, thing, 'add', ONE);
}

async function read(tools: Tools, code: string): Promise<void> {
  const { desk, t, countId } = tools;
  const { asked } = desk.current();
  if (asked?.kind === 'lot') return count(tools, { ...asked.thing, lot: code }, 'add', ONE);
  const { things, isExact } = await call('stockCounts.find', { id: countId, code });
  const [first] = things;
  if (!first) return desk.complain(t('counts.unknown', { code }));
  if (isExact) await take(tools, first);
  else desk.ask({ kind: 'which', things });
}

async function setQuantity(tools: Tools, quantity: number): Promise<void> {
  const { last } = tools.desk.current();
  if (last) await count(tools, last.thing, 'set', quantity);
}

/** Takes the last step back; the one before it is the last one then. */
async function undo({ desk, done, send }: Tools): Promise<void> {
  const step = done.at(-1);
  if (!step) return;
  const { thing, way, quantity, before } = step;
  const of = { partId: thing.id, lot: thing.lot };
  const isTakenBack = quantity !== 0 && (way === 'add' || before === null);
  const counted = isTakenBack
    ? await send({ ...of, way: 'add', quantity: 0 - quantity })
    : await send({ ...of, way: 'set', quantity: before ?? 0 });
  done.pop();
  desk.show({ thing, quantity: counted.quantity, way: 'undo' });
}

/** Steps wait for each other; what one of them is refused with is told, and the next goes on. */
function useTurns(desk: Desk): (work: () => Promise<void>) => void {
  const t = useText();
  const format = useFormat();
  const last = useRef<Promise<void>>(Promise.resolve());
  function tell(error: unknown): void {
    if (!(error instanceof OperationFailed)) throw error;
    desk.complain(errorText(t, format, error));
  }
  return (work) => {
    last.current = last.current.then(work).catch(tell);
  };
}

/** A scanner is faster than the answers: what it reads is worked through one after the other. */
export function useCounting(countId: string) {
  const t = useText();
  const desk = useDesk();
  const inTurn = useTurns(desk);
  const operation = useOperation('stockCounts.count');
  const [done] = useState<Done[]>([]);
  const send = (step: Sent) => operation.mutateAsync({ id: countId, ...step });
  const tools: Tools = { countId, t, desk, done, send };

  function enter(typed: string): void {
    const code = typed.trim();
    if (code === '') return;
    const parsed = /^[*=]/.test(code) ? fixedFromText(code.slice(1), 3) : undefined;
    if (parsed === undefined) return inTurn(() => read(tools, code));
    if ('fault' in parsed || parsed.value === null || parsed.value < 0) return desk.complain(t('counts.notAQuantity'));
    const { value } = parsed;
    inTurn(() => setQuantity(tools, value));
  }

  return {
    ...desk.shown,
    enter,
    choose: (thing: Thing) => inTurn(() => take(tools, thing)),
    /** Instead of what was scanned: the line is the last one. */
    pick: desk.show,
    type: (quantity: number) => inTurn(() => setQuantity(tools, quantity)),
    undo: () => inTurn(() => undo(tools)),
    dismiss: () => desk.ask(undefined),
  };
}

export type Counting = ReturnType<typeof useCounting>;
