import type { Verb } from '../verb.ts';
import { companyCreate } from './company-create.ts';
import { enrolStation } from './enrol.ts';
import { importOpenRepairFiles } from './import-open-repair.ts';
import { importPayAwards } from './import-pay-awards.ts';
import { payrollSimulate } from './payroll-simulate.ts';
import { reportList, reportRun } from './report.ts';
import { sampleCreate, sampleSignInList } from './sample.ts';
import { server } from './server.ts';
import { stockVerify } from './stock-verify.ts';
import { syncNowVerb, syncStatusVerb } from './sync.ts';
import { syncVerify } from './sync-verify.ts';

/** Every verb of the command line. To add one: its file here, one line below, its help under `cli.verbs`, one test. */
export const verbs: readonly Verb[] = [
  companyCreate,
  enrolStation,
  importOpenRepairFiles,
  importPayAwards,
  payrollSimulate,
  reportList,
  reportRun,
  sampleCreate,
  sampleSignInList,
  server,
  stockVerify,
  syncNowVerb,
  syncStatusVerb,
  syncVerify,
];
