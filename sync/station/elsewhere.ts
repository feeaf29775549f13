import { noteAnswer, openQuestions } from '#db/repositories/stock-elsewhere.ts';
import { ELSEWHERE_PARTS, elsewhereAnswer } from '../protocol.ts';
import { ask, type Line } from './line.ts';
import type { Station } from './station.ts';

/** Asks the server what somebody here wanted to know of other units' stock since the line was there last. */
export async function askElsewhere({ store, now }: Station, line: Line): Promise<void> {
  const questions = await store.read((sql) => openQuestions(sql, ELSEWHERE_PARTS));
  if (questions.length === 0) return;
  const partIds = questions.map(({ partId }) => partId);
  const { rows } = await ask(line, 'elsewhere', JSON.stringify({ partIds }), elsewhereAnswer);
  const byPart = Map.groupBy(rows, ({ partId }) => partId);
  await store.write(async (trx) => {
    // Not before it was asked, though the clock may have been set back since.
    for (const { partId, askedAt } of questions)
      await noteAnswer(trx, partId, byPart.get(partId) ?? [], Math.max(now(), askedAt));
  });
}
