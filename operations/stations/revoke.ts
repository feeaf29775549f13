import { z } from 'zod';
import { defineCommand } from '../operation.ts';
import { moveStation, stationInput } from './moving.ts';

/** Its key is worth nothing from now on, for good: for a PC that was stolen or sold. The unit gets a station again by a new code. */
export const revokeStation = defineCommand({
  name: 'stations.revoke',
  right: 'stations.manage',
  byOtherUnits: true, // a region's administrator looks after the region's stations
  input: z.object(stationInput),
  run: (ctx, input) => moveStation(ctx, input, { from: ['active', 'suspended'], to: 'revoked' }),
});
