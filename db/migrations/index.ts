import * as core from './0001-core.ts';
import * as customers from './0002-customers.ts';
import * as parts from './0003-parts.ts';
import * as workOrders from './0004-work-orders.ts';
import * as money from './0005-money.ts';
import * as pay from './0006-pay.ts';
import * as synchronisation from './0007-synchronisation.ts';
import * as organisation from './0008-organisation.ts';
import * as handshakes from './0009-handshakes.ts';
import * as doors from './0010-doors.ts';
import * as stock from './0011-stock.ts';
import * as catalogue from './0012-catalogue.ts';
import * as purchasing from './0013-purchasing.ts';
import * as requisitions from './0014-requisitions.ts';
import * as oldParts from './0015-old-parts.ts';
import * as counts from './0016-counts.ts';
import * as depositsAndElsewhere from './0017-deposits-and-elsewhere.ts';
import * as payPeriods from './0018-pay-periods.ts';
import * as twoBatches from './0019-two-batches.ts';
import * as partFirst from './0020-part-first.ts';
import * as stalePayslips from './0021-stale-payslips.ts';
import * as lateChanges from './0022-late-changes.ts';
import * as bins from './0023-bins.ts';
import type { Migration } from './migration.ts';

/** Add a migration: one file, one line here, one test n−1 → n. Published ones never change. */
export const migrations: ReadonlyArray<readonly [version: number, migration: Migration]> = [
  [1, core],
  [2, customers],
  [3, parts],
  [4, workOrders],
  [5, money],
  [6, pay],
  [7, synchronisation],
  [8, organisation],
  [9, handshakes],
  [10, doors],
  [11, stock],
  [12, catalogue],
  [13, purchasing],
  [14, requisitions],
  [15, oldParts],
  [16, counts],
  [17, depositsAndElsewhere],
  [18, payPeriods],
  [19, twoBatches],
  [20, partFirst],
  [21, stalePayslips],
  [22, lateChanges],
  [23, bins],
];
