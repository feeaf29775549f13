import { z } from 'zod';
import { updateVersioned } from '#db/repositories/documents.ts';
import { text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { requireStation, stationInput } from './moving.ts';

/** What head office calls the PC. */
export const renameStation = defineCommand({
  name: 'stations.rename',
  right: 'stations.manage',
  byOtherUnits: true, // a region's administrator looks after the region's stations
  input: z.object({ ...stationInput, name: text(100) }),

  async run(ctx, { id, version, name }) {
    const station = await requireStation(ctx, id);
    await updateVersioned(ctx.trx, 'stations', id, version, { name });
    ctx.audit('renamed', 'station', id, { before: { name: station.name }, after: { name } });
    return { name };
  },
});
