import fc from 'fast-check';
import type { Lot } from '#domain/stock/lots.ts';
import type { TestStation } from '#tests/helpers/station.ts';
import { action, draw, NOTHING_TO_DO, place, quantity } from './define.ts';
import { drawn, lotsMaking, piecesOf, placeIn, type World } from './world.ts';

/** What goes back where it came from: issues into the warehouse they left, receipts to their supplier. */

type Move = Readonly<{ documentId: string; moveId: string; lineNo: number; partId: string; quantity: number }>;

/** A move of a document of the unit's own, mostly one of which nothing has gone back yet. */
async function moveOf(station: TestStation, kind: 'issue' | 'receipt', draw: number): Promise<Move | undefined> {
  const own = `SELECT m.document_id, m.id AS move_id, m.line_no, m.part_id, ABS(m.quantity) AS quantity FROM stock_moves m
    JOIN stock_documents d ON d.id = m.document_id WHERE d.kind = '${kind}'`;
  const all = await station.rows<Move>(`${own} ORDER BY d.number, m.line_no`);
  const fresh = await station.rows<Move>(
    `${own} AND d.request_id IS NULL AND NOT EXISTS (SELECT 1 FROM stock_documents b WHERE b.reverses_id = d.id)
       AND NOT EXISTS (SELECT 1 FROM stock_moves b WHERE b.returns_move_id = m.id) ORDER BY d.number, m.line_no`,
  );
  return drawn(draw % 5 === 0 || fresh.length === 0 ? all : fresh, draw);
}

/** Mostly some of what was moved. */
async function someOf(world: World, station: TestStation, move: Move, wanted: number) {
  const lots = await station.rows<Lot>('SELECT lot, ABS(quantity) AS quantity FROM lot_moves WHERE move_id = ?', [
    move.moveId,
  ]);
  if (move.partId === world.serial) return piecesOf(lots, wanted);
  const quantity = wanted % 4 === 0 ? move.quantity : Math.min(wanted, move.quantity + 1);
  return { quantity, lots: lotsMaking(lots, quantity) };
}

const returnIssue = action('return issue', 5, fc.record({ place, draw, quantity }), async (world, args) => {
  const { station } = placeIn(world, args.place);
  const move = await moveOf(station, 'issue', args.draw);
  if (!move) return NOTHING_TO_DO;
  const { documentId, lineNo } = move;
  const some = await someOf(world, station, move, args.quantity);
  return station.run('stock.returnIssue', { documentId, lines: [{ lineNo, ...some }] }, { as: 'keeper' });
});

const returnToSupplier = action('return to supplier', 4, fc.record({ place, draw, quantity }), async (world, args) => {
  const { station } = placeIn(world, args.place);
  const move = await moveOf(station, 'receipt', args.draw);
  if (!move) return NOTHING_TO_DO;
  const { documentId, lineNo } = move;
  const some = await someOf(world, station, move, args.quantity);
  const input = { documentId, reason: 'x', lines: [{ lineNo, ...some }] };
  return station.run('stock.returnToSupplier', input, { as: 'keeper' });
});

export const RETURNING = [returnIssue, returnToSupplier];
