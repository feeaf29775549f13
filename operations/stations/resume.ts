import { z } from 'zod';
import { defineCommand } from '../operation.ts';
import { moveStation, stationInput } from './moving.ts';

/** Lets a suspended station in again: it goes on from where it was. */
export const resumeStation = defineCommand({
  name: 'stations.resume',
  right: 'stations.manage',
  byOtherUnits: true, // a region's administrator looks after the region's stations
  input: z.object(stationInput),
  run: (ctx, input) => moveStation(ctx, input, { from: ['suspended'], to: 'active' }),
});
