import type { StationTrouble } from '#domain/sync/link-state.ts';
import { QUIET_AFTER, WRONG_CLOCK } from '#domain/sync/link-state.ts';
import type { Listing } from '../listing.ts';
import { LATEST_VERSION } from '../migrate.ts';
import type { Sql, Transaction } from '../store.ts';

/** The server's list of its stations, and the codes with which they come. */

export type StationState = 'active' | 'suspended' | 'revoked' | 'replaced';

/** As a list shows it. Instants and the clock's skew in ms, the size in bytes. */
export type ListedStation = Readonly<{
  id: string;
  unitId: string;
  unitCode: string;
  unitName: string;
  name: string;
  state: StationState;
  trouble: StationTrouble;
  /** Code of what it reports or what was found about it; '' none. */
  problem: string;
  pendingCount: number;
  pendingSince: number | null;
  refusedCount: number;
  lastSeenAt: number | null;
  lastSuccessAt: number | null;
  programVersion: string;
  schemaVersion: number;
  databaseSize: number;
  clockSkew: number;
  enrolledAt: number;
  version: number;
}>;

const REFUSED_HERE = "(SELECT COUNT(*) FROM sync_refusals r WHERE r.station_id = s.id AND r.direction = 'in')";

/** Worst first. Those that are no longer meant to come are calm, whatever they were last. @param now ms UTC */
function troubleAt(now: number): string {
  return `CASE WHEN s.state <> 'active' THEN 'calm'
    WHEN s.problem NOT IN ('', 'clock') THEN 'problem'
    WHEN s.refused_count > 0 OR ${REFUSED_HERE} > 0 THEN 'refused'
    WHEN COALESCE(s.last_seen_at, s.enrolled_at) < ${now - QUIET_AFTER} THEN 'silent'
    WHEN s.pending_count > 0 AND s.pending_since < ${now - QUIET_AFTER} THEN 'late'
    WHEN s.problem = 'clock' OR ABS(s.clock_skew) > ${WRONG_CLOCK} THEN 'clock'
    WHEN s.schema_version < ${LATEST_VERSION} THEN 'outdated'
    ELSE 'calm' END`;
}

/** By trouble, worst first, then by unit. @param now ms UTC */
export function stationsAt(now: number): Listing {
  const trouble = troubleAt(now);
  return {
    from: 'stations s JOIN units u ON u.id = s.unit_id',
    columns: {
      id: { sql: 's.id', type: 'text' },
      unitId: { sql: 's.unit_id', type: 'text' },
      unitCode: { sql: 'u.code', type: 'text' },
      unitName: { sql: 'u.name', type: 'text' },
      name: { sql: 's.name', type: 'text' },
      state: { sql: 's.state', type: 'text' },
      trouble: { sql: trouble, type: 'text' },
      problem: { sql: 's.problem', type: 'text' },
      pendingCount: { sql: 's.pending_count', type: 'number' },
      pendingSince: { sql: 's.pending_since', type: 'instant' },
      refusedCount: {
        sql: `(CASE WHEN s.refused_count > ${REFUSED_HERE} THEN s.refused_count ELSE ${REFUSED_HERE} END)`,
        type: 'number',
      },
      lastSeenAt: { sql: 's.last_seen_at', type: 'instant' },
      lastSuccessAt: { sql: 's.last_success_at', type: 'instant' },
      programVersion: { sql: 's.program_version', type: 'text' },
      schemaVersion: { sql: 's.schema_version', type: 'number' },
      databaseSize: { sql: 's.database_size', type: 'number' },
      clockSkew: { sql: 's.clock_skew', type: 'number' },
      enrolledAt: { sql: 's.enrolled_at', type: 'instant' },
      version: { sql: 's.version', type: 'number' },
      urgency: { sql: urgencyOf(trouble), type: 'number' },
    },
    order: [
      ['urgency', 'asc'],
      ['unitCode', 'asc'],
      ['id', 'asc'],
    ],
  };
}

function urgencyOf(trouble: string): string {
  const order = ['problem', 'refused', 'silent', 'late', 'clock', 'outdated'] satisfies StationTrouble[];
  const whens = order.map((one, place) => `WHEN '${one}' THEN ${place}`).join(' ');
  return `CASE ${trouble} ${whens} ELSE CASE s.state WHEN 'active' THEN 7 WHEN 'suspended' THEN 6 ELSE 8 END END`;
}

export type EnrolledStation = Readonly<{
  id: string;
  unitId: string;
  name: string;
  state: StationState;
  version: number;
}>;

/** Where documents with human numbers lie, which stations announce. */
const NUMBERED = ['work_orders', 'stock_documents', 'settlements', 'requests', 'old_parts'] as const;

/** Numbers of documents that a station said it had made and would send, and that are not here yet. */
export async function announcedBy(sql: Sql, stationId: string): Promise<string[]> {
  const row = await sql.first<{ announced: string }>('SELECT announced FROM stations WHERE id = ?', [stationId]);
  const numbers = JSON.parse(row?.announced || '[]') as string[];
  const places = numbers.map(() => '?').join(', ');
  const here = new Set<string>();
  for (const table of numbers.length > 0 ? NUMBERED : [])
    for (const { number } of await sql.all<{ number: string }>(
      `SELECT number FROM ${table} WHERE number IN (${places})`,
      numbers,
    ))
      here.add(number);
  return numbers.filter((number) => !here.has(number));
}

/** A row of the station's that could not be taken in here. `detail` and `content` are JSON. */
export type RefusedOfStation = Readonly<{
  id: string;
  tableName: string;
  rowId: string;
  code: string;
  detail: string;
  content: string;
  at: number;
  attempts: number;
}>;

/** The latest first. */
export async function refusedOfStation(sql: Sql, stationId: string, limit: number): Promise<RefusedOfStation[]> {
  return sql.all<RefusedOfStation>(
    `SELECT id, table_name, row_id, code, detail, content, at, attempts FROM sync_refusals
     WHERE station_id = ? AND direction = 'in' ORDER BY at DESC, id LIMIT ?`,
    [stationId, limit],
  );
}

/** The station that serves the unit now, if one does. */
export async function stationOfUnit(sql: Sql, unitId: string): Promise<ServingStation | undefined> {
  return sql.first<ServingStation>(
    `SELECT id, name, last_seen_at, pending_count FROM stations WHERE unit_id = ? AND state IN ('active', 'suspended')
     ORDER BY enrolled_at DESC LIMIT 1`,
    [unitId],
  );
}
export type ServingStation = Readonly<{ id: string; name: string; lastSeenAt: number | null; pendingCount: number }>;

/** A unit that could have a station, with the one it has. */
export type UnitForStation = Readonly<{
  id: string;
  code: string;
  name: string;
  kind: string;
  stationName: string | null;
  lastSeenAt: number | null;
}>;

/** All units at work but the one this server serves itself. */
export async function unitsForStations(sql: Sql, limit: number): Promise<UnitForStation[]> {
  return sql.all<UnitForStation>(
    `SELECT u.id, u.code, u.name, u.kind, s.name AS station_name, s.last_seen_at
     FROM units u LEFT JOIN stations s ON s.unit_id = u.id AND s.state IN ('active', 'suspended')
     WHERE u.is_active = 1 AND u.id <> COALESCE((SELECT unit_id FROM installation), '')
     ORDER BY u.code LIMIT ?`,
    [limit],
  );
}

export type NewEnrolmentCode = Readonly<{
  id: string;
  unitId: string;
  codeHash: string;
  madeById: string;
  madeAt: number;
  expiresAt: number;
}>;

/** Only the newest code of a unit is good: one that was lost must not open a second door. */
export async function keepEnrolmentCode(trx: Transaction, code: NewEnrolmentCode): Promise<void> {
  await trx.run('UPDATE enrolment_codes SET expires_at = ? WHERE unit_id = ? AND used_at IS NULL AND expires_at > ?', [
    code.madeAt,
    code.unitId,
    code.madeAt,
  ]);
  await trx.insert('enrolment_codes', { ...code, usedAt: null, stationId: null });
}
