import { copyFileSync, linkSync, mkdirSync, renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { addDays, businessDate, compactDate } from '#domain/dates.ts';
import { DomainError } from '#domain/errors.ts';
import { isSameFingerprint } from '#domain/sync/enrolment-code.ts';
import { LATEST_VERSION } from '#db/migrate.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { Unit } from '#db/repositories/organisation.ts';
import { foldSqliteFile, inSqliteFile } from '#db/sqlite-store.ts';
import {
  foundIn,
  installStation,
  missingNumbers,
  takeFromBefore,
  type FoundDatabase,
} from '#db/sync/snapshot-install.ts';
import { enrolmentCodeHash } from '#operations/stations/code-hash.ts';
import { PROGRAM_VERSION } from '../program.ts';
import { aboutAnswer, enrolAnswer, PROTOCOL_VERSION, type AboutAnswer, type EnrolAnswer } from '../protocol.ts';
import { forgetEnrolment, readEnrolment, writeEnrolment, type Begun, type Enrolled } from './enrolment.ts';
import { fetchSnapshot, type FetchedSnapshot, type SnapshotProgress } from './fetch-snapshot.ts';
import { inspectCertificate, openClient, type CertificateSeen } from './https.ts';
import { ask, type Line } from './line.ts';

const TIMEOUT_MS = 60_000;

export type Inspected = Readonly<{
  /** `https://host:port` */
  address: string;
  /** SHA-256 as AA:BB:… */
  fingerprint: string;
  /** Vouched for by an authority: there is no need to compare. */
  isPublic: boolean;
  company: string;
  schemaVersion: number;
  programVersion: string;
}>;

/**
 * Who answers at an address, for somebody to compare before anything is done.
 * @throws DomainError `sync.server-unreachable`, `sync.timeout`, `sync.schema-newer`, `sync.schema-older`
 */
export async function inspectServer(typed: string): Promise<Inspected> {
  const address = addressOf(typed);
  const seen = await inspectCertificate(address);
  const line = lineTo(address, seen, new AbortController().signal);
  try {
    const { company, schema, program } = await askAbout(line);
    const { fingerprint, isPublic } = seen;
    return { address, fingerprint, isPublic, company, schemaVersion: schema, programVersion: program };
  } finally {
    line.client.close();
  }
}

/** `HTTPS` goes without saying. */
function addressOf(typed: string): string {
  const address = typed.trim().replace(/\/+$/, '');
  return /^[a-z]+:\/\//i.test(address) ? address : `https://${address}`;
}

const lineTo = (address: string, seen: CertificateSeen, signal: AbortSignal): Line => ({
  client: openClient({ address, fingerprint: pinOf(seen), timeoutMs: TIMEOUT_MS }),
  token: '',
  signal,
});

/** A certificate that an authority vouches for may be renewed by another one. */
const pinOf = ({ isPublic, fingerprint }: CertificateSeen): string | null => (isPublic ? null : fingerprint);

/** @throws DomainError `sync.schema-newer`, `sync.schema-older` */
async function askAbout(line: Line): Promise<AboutAnswer> {
  const about = await ask(line, 'about', '{}', aboutAnswer);
  const details = { server: about.schema, station: LATEST_VERSION };
  if (about.schema > LATEST_VERSION) throw new DomainError('sync.schema-newer', details);
  if (about.schema < LATEST_VERSION) throw new DomainError('sync.schema-older', details);
  return about;
}

export type EnrolWish = Readonly<{
  dataFolder: string;
  address: string;
  code: string;
  /** As it was compared; null only for a certificate that an authority vouches for. */
  fingerprint: string | null;
  /** What head office sees the PC as. */
  name: string;
  onProgress?(progress: SnapshotProgress): void;
  signal?: AbortSignal;
}>;

/**
 * Makes this PC the station of the unit that the code is for, with all that the unit may see. Cut off anywhere it leaves
 * nothing, or a station that works; begun again with the same code it goes on. A database of the same unit that was stopped as
 * a copy, replaced or revoked is made anew, and kept beside.
 * @throws DomainError `sync.company-here`, `sync.database-in-use`, `sync.certificate-changed`, and what server and line do
 */
export async function enrol(wish: EnrolWish): Promise<Enrolled> {
  const files = filesIn(wish.dataFolder);
  const here = await foundIn(files.database);
  const begun = readEnrolment(files.state);
  if (begun?.enrolled && here?.link?.stationId === begun.answer?.stationId) {
    forgetEnrolment(files.state); // all was done but this
    return begun.enrolled;
  }
  requireRebuildable(here);
  if (here) foldSqliteFile(files.database);
  const address = addressOf(wish.address);
  const seen = await inspectCertificate(address);
  requireCompared(address, seen, wish.fingerprint);
  const line = lineTo(address, seen, wish.signal ?? new AbortController().signal);
  try {
    const { now } = await askAbout(line);
    const answered = await begin(line, { ...wish, files, here, address });
    const fetched = await fetchSnapshot(
      { ...line, token: answered.answer.token },
      files.draft,
      wish.onProgress ?? (() => undefined),
    );
    const enrolled = await install({ files, here, seen, address, begun: answered, fetched, serverNow: now });
    forgetEnrolment(files.state);
    return enrolled;
  } finally {
    line.client.close();
  }
}

type Files = Readonly<{ folder: string; database: string; draft: string; state: string }>;

function filesIn(dataFolder: string): Files {
  const folder = path.resolve(dataFolder);
  mkdirSync(folder, { recursive: true });
  const database = path.join(folder, 'mendway.db');
  return { folder, database, draft: `${database}.new`, state: path.join(folder, 'enrolment.json') };
}

/** @throws DomainError `sync.company-here` */
function requireRebuildable(here: FoundDatabase | undefined): void {
  if (!here || here.unitId === null) return;
  const isStopped = here.link?.state === 'cloned' || here.link?.state === 'revoked';
  if (!isStopped) throw new DomainError('sync.company-here');
}

/** @throws DomainError `sync.certificate-changed` */
function requireCompared(address: string, seen: CertificateSeen, fingerprint: string | null): void {
  const isRight = fingerprint === null ? seen.isPublic : isSameFingerprint(fingerprint, seen.fingerprint);
  if (!isRight)
    throw new DomainError('sync.certificate-changed', {
      address,
      expected: fingerprint ?? 'CA',
      found: seen.fingerprint,
    });
}

type Beginning = Pick<EnrolWish, 'code' | 'name'> &
  Readonly<{ files: Files; here: FoundDatabase | undefined; address: string }>;

type Answered = Begun & Readonly<{ answer: EnrolAnswer }>;

/** What is written down before each step makes the step one that can be taken again. */
async function begin(line: Line, { files, here, address, code, name }: Beginning): Promise<Answered> {
  const codeHash = enrolmentCodeHash(code);
  const known = readEnrolment(files.state);
  const isSame = known?.codeHash === codeHash && known.address === address;
  const begun: Begun = isSame ? known : { codeHash, address, databaseId: uuidv7(), answer: null, enrolled: null };
  if (begun.answer) return { ...begun, answer: begun.answer };
  writeEnrolment(files.state, begun);
  const request = {
    protocol: PROTOCOL_VERSION,
    schema: LATEST_VERSION,
    program: PROGRAM_VERSION,
    code,
    name,
    databaseId: begun.databaseId,
    rebuilds: here?.link ? { unitId: here.unitId, serverDatabaseId: here.link.serverDatabaseId } : null,
  };
  const answer = await ask(line, 'enrol', JSON.stringify(request), enrolAnswer);
  writeEnrolment(files.state, { ...begun, answer });
  return { ...begun, answer };
}

type Installing = Readonly<{
  files: Files;
  here: FoundDatabase | undefined;
  seen: CertificateSeen;
  address: string;
  begun: Answered;
  fetched: FetchedSnapshot;
  /** ms UTC */
  serverNow: number;
}>;

async function install(step: Installing): Promise<Enrolled> {
  const { files, here, begun } = step;
  const { unit, before } = begun.answer;
  const isRebuilt = here !== undefined && here.unitId !== null;
  const lost = await inSqliteFile(files.draft, isRebuilt ? files.database : null, async (trx) => {
    const { timeZone } = await requireRow<Unit>(trx, 'units', unit.id, 'unit');
    const onlyBefore = isRebuilt ? await takeFromBefore(trx, unit.id) : [];
    await installStation(trx, newStation(step, timeZone));
    return [...onlyBefore, ...(await missingNumbers(trx, unit.id, before?.announced ?? []))];
  });
  const enrolled: Enrolled = {
    unitId: unit.id,
    unitCode: unit.code,
    unitName: unit.name,
    lost: [...new Set(lost)].toSorted(),
    lastHeardAt: before?.lastSeenAt ?? null,
  };
  writeEnrolment(files.state, { ...begun, enrolled });
  if (isRebuilt) keepBeside(files.database);
  renameSync(files.draft, files.database);
  await settle(files.folder);
  return enrolled;
}

function newStation({ seen, address, begun, fetched, serverNow }: Installing, timeZone: string) {
  const { unit, before, stationId, token, serverDatabaseId } = begun.answer;
  return {
    unitId: unit.id,
    unitCode: unit.code,
    databaseId: begun.databaseId,
    clock: fetched.clock,
    now: Date.now(),
    link: {
      address,
      fingerprint: pinOf(seen),
      certificate: seen.certificate,
      stationId,
      token,
      serverDatabaseId,
      pullCursor: fetched.cursor,
    },
    announced: before?.announced ?? [],
    uncertainDays: before ? daysFrom(before.lastSeenAt ?? serverNow, serverNow, timeZone) : [],
  };
}

const DAY = 24 * 60 * 60_000;
const MOST_DAYS = 62;

/** As they stand in human numbers. @param from ms UTC */
function daysFrom(from: number, to: number, timeZone: string): string[] {
  const last = businessDate(to, timeZone);
  const days: string[] = [];
  for (
    let day = businessDate(Math.max(Math.min(from, to), to - MOST_DAYS * DAY), timeZone);
    day <= last;
    day = addDays(day, 1)
  )
    days.push(compactDate(day));
  return days;
}

/** There is a database at any moment: the old one under both names, then the new one under its own. */
function keepBeside(database: string): void {
  const beside = `${database}.before-rebuild-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    linkSync(database, beside);
  } catch {
    copyFileSync(database, beside); // a file system without links
  }
}

/** A new name outlives a power cut only when its folder is on the disk, too. */
async function settle(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined); // Windows opens no folders, and needs none
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
