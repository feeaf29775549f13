import { withoutLots, type Lot } from '#domain/stock/lots.ts';
import { openLine, type OpenLine } from '#domain/stock/transit.ts';
import type { Answer, Request } from '#db/repositories/handshakes.ts';
import type { TransferClosure } from '#db/repositories/transfers.ts';
import { countOf, transferContent, type TransferContent } from '../handshakes/content.ts';

type Line = TransferContent['lines'][number];

/** A line as it was shipped, as it was counted, and what of it is still to be decided. */
export type TransitLine = Line &
  Readonly<{
    received: number;
    damaged: number;
    countNote: string;
    open: OpenLine;
    /** Of a tracked part: what is in transit as far as is known. */
    openLots: readonly Lot[];
  }>;

/** What a transfer that was received still lacks, line by line. */
export function transitOf(
  request: Pick<Request, 'number' | 'content'>,
  answer: Answer | null,
  closures: readonly TransferClosure[],
): TransitLine[] {
  const count = answer?.decision === 'accepted' ? countOf({ request, answer }) : null;
  return transferContent(request).lines.map((line, index) => {
    const { received = line.quantity, damaged = 0, note = '', lots = [] } = count?.lines[index] ?? {};
    const own = closures.filter(({ lineNo }) => lineNo === index + 1);
    const open = openLine(line, { received, damaged }, own);
    const good = lots.length === 0 && received >= line.quantity ? line.lots : lots;
    const gone = [...good, ...own.flatMap((one) => (one.kind === 'surplus' ? [] : lotsOf(one)))];
    return { ...line, received, damaged, countNote: note, open, openLots: withoutLots(line.lots, gone) ?? [] };
  });
}

const lotsOf = ({ lots }: TransferClosure): Lot[] => JSON.parse(lots) as Lot[];
