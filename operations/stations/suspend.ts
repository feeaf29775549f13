import { z } from 'zod';
import { defineCommand } from '../operation.ts';
import { moveStation, stationInput } from './moving.ts';

/** A station that is suspended is refused until it is let in again; it works on by itself meanwhile. */
export const suspendStation = defineCommand({
  name: 'stations.suspend',
  right: 'stations.manage',
  byOtherUnits: true, // a region's administrator looks after the region's stations
  input: z.object(stationInput),
  run: (ctx, input) => moveStation(ctx, input, { from: ['active'], to: 'suspended' }),
});
