import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { stationsAt, type ListedStation } from '#db/repositories/stations.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Every station of the company, those that need looking after first. */
export const listStations = defineQuery({
  name: 'stations.list',
  right: 'stations.view',
  input: z.object(listInput),
  run: (ctx, page) => listRows<ListedStation>(ctx.sql, stationsAt(ctx.now), page, ctx.station.timeZone),
});
