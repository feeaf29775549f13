import { workerData } from 'node:worker_threads';
import { compareSnapshot } from '#db/sync/snapshot-compare.ts';
import type { CompareTask } from './new-snapshot.ts';

/** A thread that compares a snapshot with a station's database, and ends. */

const { snapshot, station } = workerData as CompareTask;
compareSnapshot(snapshot, station);
