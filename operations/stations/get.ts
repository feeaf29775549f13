import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { listRows } from '#db/listing.ts';
import {
  announcedBy,
  refusedOfStation,
  stationsAt,
  type ListedStation,
  type RefusedOfStation,
} from '#db/repositories/stations.ts';
import type { Sql } from '#db/store.ts';
import { columnsOf } from '#db/sync/columns.ts';
import { syncedTable } from '#db/sync/tables.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
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
    const refused = await refusedOfStation(ctx.sql, id, MOST_REFUSED);
    const named = await Promise.all(refused.map((row) => shown(ctx.sql, row)));
    return { station, refused: named, announced: await announcedBy(ctx.sql, id) };
  },
});

/** What it is can only be read off the row itself: it isn't here. */
async function shown(sql: Sql, { detail, content, ...row }: RefusedOfStation) {
  return { ...row, details: detailsOf(detail), content: await contentOf(sql, row.tableName, content) };
}

/** Of a row as it came, what is no secret: its columns by name; none if the table is unknown here. */
async function contentOf(sql: Sql, tableName: string, json: string): Promise<Record<string, string | number | null>> {
  const table = syncedTable(tableName);
  const values: unknown = JSON.parse(json || '[]');
  if (!table || !Array.isArray(values)) return {};
  const columns = await columnsOf(sql, table);
  const known = columns.map(({ name }, place) => [name, plain(values[place])] as const);
  return Object.fromEntries(known.filter(([name]) => name !== 'password_hash'));
}

function plain(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
