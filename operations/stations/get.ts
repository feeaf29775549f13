import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { listRows } from '#db/listing.ts';
import { announcedBy, stationsAt, type ListedStation } from '#db/repositories/stations.ts';
import { REFUSED, type RefusedRow } from '#db/repositories/waiting-documents.ts';
import { id } from '../inputs.ts';
import { defineQuery, type QueryContext } from '../operation.ts';
import { detailsOf } from '../sync/details.ts';

/** Refused rows shown at once; there being more is a fault of its own, which their number tells. */
const MOST_REFUSED = 200;
const FIRST = { filters: [], sort: [], offset: 0 };

/** One station: how it is, what of its was refused, and what it announced that has not come. */
export const getStation = defineQuery({
  name: 'stations.get',
  right: 'stations.view',
  input: z.object({ id: id() }),

  async run(ctx, { id }) {
    const { rows } = await listRows<ListedStation>(
      ctx.sql,
      stationsAt(ctx.now),
      { ...FIRST, filters: [{ column: 'id', op: 'equals', value: id }], limit: 1 },
      ctx.station.timeZone,
    );
    const [station] = rows;
    if (!station) throw new DomainError('not-found', { entity: 'station', id });
    return { station, refused: await refusedOf(ctx, id), announced: await announcedBy(ctx.sql, id) };
  },
});

async function refusedOf(ctx: QueryContext, stationId: string) {
  const ofStation = { ...FIRST, filters: [{ column: 'stationId', op: 'equals' as const, value: stationId }] };
  const page = { ...ofStation, limit: MOST_REFUSED };
  const { rows, total } = await listRows<RefusedRow>(ctx.sql, REFUSED, page, ctx.station.timeZone);
  return {
    total,
    rows: rows.map(({ detail, content, ...row }) => ({
      ...row,
      details: detailsOf(detail),
      content: contentOf(content),
    })),
  };
}

/** The row as it came: its columns, none if it came without. */
function contentOf(json: string): Readonly<Record<string, string | number | null>> {
  const content = detailsOf(json) as Readonly<Record<string, unknown>>;
  const known = Object.entries(content).map(([column, value]) => {
    const isPlain = typeof value === 'string' || typeof value === 'number' || value === null;
    return [column, isPlain ? value : JSON.stringify(value)] as const;
  });
  return Object.fromEntries(known);
}
