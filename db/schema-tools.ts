import type { Knex } from 'knex';
import type { Audience, SchemaTools } from './migrations/migration.ts';

type Verb = 'INSERT' | 'UPDATE' | 'DELETE';
const VERBS = ['INSERT', 'UPDATE', 'DELETE'] as const;

/** Refusals the database makes itself: the code is the message of its error, and becomes a DomainError for the user. */
const OF_ANOTHER_UNIT = 'document.of-another-unit';
const HEAD_OFFICE_ONLY = 'sync.head-office-only';

const rowOf = (verb: Verb): 'NEW' | 'OLD' => (verb === 'DELETE' ? 'OLD' : 'NEW');

/** Whose a row is, as the change log says it: `*` everyone, `r:` a region, `u:` a unit (with those above it). */
function audiencesOf(audience: Audience, row: 'NEW' | 'OLD'): string[] {
  if (audience === 'company') return ["'*'"];
  if (audience === 'region')
    return [`'r:' || COALESCE((SELECT region_id FROM units WHERE id = ${row}.unit_id), ${row}.unit_id)`];
  if (audience === 'unit') return [`'u:' || ${row}.unit_id`];
  return [`'u:' || ${row}.unit_id`, `'u:' || ${row}.to_unit_id`];
}

const OWN_UNIT = '(SELECT unit_id FROM installation)';

/** Where rows come from at a station: the changes its server tells, or a whole snapshot, which brings what follows from them. */
const FROM_SERVER = "('server', 'snapshot')";
const WITHOUT_WHAT_FOLLOWS = "('', 'snapshot')";
const isLinked = 'EXISTS (SELECT 1 FROM server_link)';

const checkOf = (column: string, values: readonly string[]): string =>
  `check (${column} in (${values.map((value) => `'${value}'`).join(', ')}))`;

const choicesOf = (column: string): RegExp => new RegExp(`check \\(\`${column}\` in \\([^)]*\\)\\)`, 'i');

type SchemaPart = Readonly<{ type: 'table' | 'index' | 'trigger'; sql: string }>;

/**
 * SQLite can't change a constraint, so the table is made anew, with its rows, indexes and triggers. Rows that refer to it are
 * looked at when the transaction ends, and find theirs again.
 */
async function remade(knex: Knex, table: string, change: (sql: string) => string): Promise<void> {
  const parts: SchemaPart[] = await knex('sqlite_master')
    .select('type', 'sql')
    .where('tbl_name', table)
    .whereNotNull('sql');
  const made = parts.find(({ type }) => type === 'table')?.sql ?? '';
  await knex.raw('PRAGMA defer_foreign_keys = ON');
  await knex.raw(`CREATE TEMP TABLE remade AS SELECT * FROM ${table}`);
  await knex.raw(`DROP TABLE ${table}`);
  await knex.raw(change(made));
  await knex.raw(`INSERT INTO ${table} SELECT * FROM temp.remade`);
  await knex.raw('DROP TABLE temp.remade');
  for (const { type, sql } of parts) if (type === 'index') await knex.raw(sql);
  for (const { type, sql } of parts) if (type === 'trigger') await knex.raw(sql);
}

/** The triggers, as SQLite says them. */
export function sqliteTools(knex: Knex): SchemaTools {
  const isHere = `(SELECT origin FROM sync_session) = ''`;
  const refusal = (name: string, verb: Verb, table: string, condition: string, message: string) =>
    knex.raw(
      `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} WHEN ${condition} BEGIN SELECT RAISE(FAIL, '${message}'); END`,
    );
  /** After the row was written: a trigger before it would have SQLite copy all of its columns. Whoever is refused takes all back. */
  const refusalAfter = (name: string, verb: Verb, table: string, condition: string, message: string) =>
    knex.raw(
      `CREATE TRIGGER ${name} AFTER ${verb} ON ${table} WHEN ${condition} BEGIN SELECT RAISE(FAIL, '${message}'); END`,
    );
  const tools: SchemaTools = {
    async appendOnly(table) {
      for (const verb of ['UPDATE', 'DELETE'] as const)
        await refusal(`${table}_no_${verb.toLowerCase()}`, verb, table, '1', `${table} is append-only`);
    },
    async forgettable(table) {
      await knex.raw(`DROP TRIGGER ${table}_no_delete`);
      const isSent = `(SELECT origin FROM sync_session) IN ${FROM_SERVER} AND OLD.unit_id <> ${OWN_UNIT}`;
      await refusal(`${table}_no_delete`, 'DELETE', table, `NOT (${isSent})`, `${table} is append-only`);
    },
    async captureChanges(table, columns) {
      for (const kind of ['insert', 'update', 'delete']) {
        const row = kind === 'delete' ? 'OLD' : 'NEW';
        const event = kind === 'update' && columns ? `UPDATE OF ${columns.join(', ')}` : kind.toUpperCase();
        await knex.raw(
          `CREATE TRIGGER ${table}_log_${kind} AFTER ${event} ON ${table}
           BEGIN INSERT INTO change_log (table_name, row_id, kind) VALUES ('${table}', ${row}.id, '${kind}'); END`,
        );
      }
    },
    async releaseChanges(table) {
      for (const kind of ['insert', 'update', 'delete']) await knex.raw(`DROP TRIGGER IF EXISTS ${table}_log_${kind}`);
    },
    async captureFor(table, audience, key = 'id') {
      const line = (kind: string, row: 'NEW' | 'OLD', whose: string) =>
        `INSERT INTO change_log (turn, table_name, row_id, kind, audience, origin)
         SELECT 0, '${table}', ${row}.${key}, '${kind}', ${whose}, origin FROM sync_session;`;
      for (const verb of VERBS) {
        const kind = verb.toLowerCase();
        const lines = audiencesOf(audience, rowOf(verb)).map((whose) => line(kind, rowOf(verb), whose));
        await knex.raw(
          `CREATE TRIGGER ${table}_log_${kind} AFTER ${verb} ON ${table} WHEN (SELECT is_logged FROM sync_session) = 1
           BEGIN ${lines.join(' ')} END`,
        );
      }
      if (audience !== 'unit') return;
      // Those who no longer see a row that went to another unit are told that it is gone.
      await knex.raw(
        `CREATE TRIGGER ${table}_log_moved AFTER UPDATE OF unit_id ON ${table}
         WHEN NEW.unit_id <> OLD.unit_id AND (SELECT is_logged FROM sync_session) = 1
         BEGIN ${line('delete', 'OLD', audiencesOf('unit', 'OLD')[0] ?? '')} END`,
      );
    },
    async refuse(table, verb, condition) {
      await refusal(`${table}_refuse_${verb.toLowerCase()}`, verb, table, condition, `${table} is locked`);
    },
    async setChoices(table, column, values) {
      await remade(knex, table, (sql) => {
        const wanted = sql.replace(choicesOf(column), checkOf(`\`${column}\``, values));
        if (wanted === sql) throw new Error(`${table}.${column} has no choices`);
        return wanted;
      });
    },
    async setOptional(table, column) {
      await remade(knex, table, (sql) => {
        const wanted = sql.replace(new RegExp(`(\`${column}\` [a-z]+) not null`, 'i'), '$1');
        if (wanted === sql) throw new Error(`${table}.${column} is optional`);
        return wanted;
      });
    },
    async setKey(table, columns) {
      const key = `primary key (${columns.map((column) => `\`${column}\``).join(', ')})`;
      await remade(knex, table, (sql) => `${sql.replace(/primary key \([^)]*\)/i, key)}, without rowid`);
    },
    async allow(table, verb) {
      await knex.raw(`DROP TRIGGER ${table}_refuse_${verb.toLowerCase()}`);
    },
    refuseHere: (table, verb, condition) => tools.refuse(table, verb, `${isHere} AND (${condition})`),
    async afterReplicated(table, statements) {
      await knex.raw(
        `CREATE TRIGGER ${table}_replicated AFTER INSERT ON ${table} WHEN (SELECT origin FROM sync_session) NOT IN ${WITHOUT_WHAT_FOLLOWS}
         BEGIN ${statements.join('; ')}; END`,
      );
    },
    async writtenByOwnUnit(table) {
      for (const verb of VERBS) {
        const condition = `${isHere} AND ${rowOf(verb)}.unit_id <> ${OWN_UNIT}`;
        await refusalAfter(`${table}_writer_${verb.toLowerCase()}`, verb, table, condition, OF_ANOTHER_UNIT);
      }
    },
    async movedByOwnUnit(moved, column, table) {
      const unit = `(SELECT unit_id FROM ${table} WHERE id = NEW.${column})`;
      const condition = `${isHere} AND ${unit} <> ${OWN_UNIT}`;
      await refusalAfter(`${moved}_${column}_own`, 'INSERT', moved, condition, OF_ANOTHER_UNIT);
    },
    async writtenByHeadOffice(table) {
      for (const verb of VERBS)
        await refusalAfter(
          `${table}_writer_${verb.toLowerCase()}`,
          verb,
          table,
          `${isHere} AND ${isLinked}`,
          HEAD_OFFICE_ONLY,
        );
    },
  };
  return tools;
}

/** The functions behind PostgreSQL's triggers; made before the first migration. */
export async function createPostgresFunctions(knex: Knex): Promise<void> {
  await knex.raw(`CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`);
  await knex.raw(`CREATE OR REPLACE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      INSERT INTO change_log (table_name, row_id, kind)
      VALUES (TG_TABLE_NAME, CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END, lower(TG_OP));
      RETURN NULL;
    END $$`);
}

export function postgresTools(knex: Knex): SchemaTools {
  // Set for one transaction by whoever applies what another database sent.
  const origin = `COALESCE(current_setting('mendway.origin', true), '')`;
  const isHere = `${origin} = ''`;
  /** A function each, because the WHEN of a trigger may not look into other tables here. */
  const refusal = async (name: string, verb: Verb, table: string, condition: string, message: string) => {
    await knex.raw(`CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN
        IF ${condition} THEN RAISE EXCEPTION '${message}'; END IF;
        RETURN ${rowOf(verb)};
      END $$`);
    await knex.raw(`CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`);
  };
  const tools: SchemaTools = {
    async appendOnly(table) {
      await knex.raw(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    },
    async forgettable(table) {
      await knex.raw(`DROP TRIGGER ${table}_append_only ON ${table}`);
      const isSent = `${origin} IN ${FROM_SERVER} AND OLD.unit_id <> ${OWN_UNIT}`;
      await refusal(`${table}_no_update`, 'UPDATE', table, 'true', `${table} is append-only`);
      await refusal(`${table}_no_delete`, 'DELETE', table, `NOT (${isSent})`, `${table} is append-only`);
    },
    async captureChanges(table, columns) {
      const update = columns ? `UPDATE OF ${columns.join(', ')}` : 'UPDATE';
      await knex.raw(
        `CREATE TRIGGER ${table}_log AFTER INSERT OR ${update} OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION record_change()`,
      );
    },
    async releaseChanges(table) {
      await knex.raw(`DROP TRIGGER ${table}_log ON ${table}`);
    },
    async captureFor(table, audience, key = 'id') {
      const lines = (row: 'NEW' | 'OLD', kind: string, whose: readonly string[]) =>
        whose
          .map(
            (one) => `INSERT INTO change_log (turn, table_name, row_id, kind, audience, origin)
              VALUES (pg_current_xact_id()::text::bigint, '${table}', ${row}.${key}, ${kind}, ${one}, ${origin});`,
          )
          .join('\n');
      const gone = `IF TG_OP = 'UPDATE' AND OLD.unit_id <> NEW.unit_id THEN
          ${lines('OLD', "'delete'", audiencesOf('unit', 'OLD'))} END IF;`;
      await knex.raw(`CREATE FUNCTION ${table}_log() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
          IF current_setting('mendway.is_logged', true) = 'off' THEN RETURN NULL; END IF;
          IF TG_OP = 'DELETE' THEN ${lines('OLD', "'delete'", audiencesOf(audience, 'OLD'))} RETURN NULL; END IF;
          ${lines('NEW', 'lower(TG_OP)', audiencesOf(audience, 'NEW'))}
          ${audience === 'unit' ? gone : ''}
          RETURN NULL;
        END $$`);
      await knex.raw(
        `CREATE TRIGGER ${table}_log AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${table}_log()`,
      );
    },
    refuse: (table, verb, condition) =>
      refusal(`${table}_refuse_${verb.toLowerCase()}`, verb, table, condition, `${table} is locked`),
    async setChoices(table, column, values) {
      const { rows } = await knex.raw<{ rows: { conname: string }[] }>(
        `SELECT c.conname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
         WHERE c.conrelid = '${table}'::regclass AND c.contype = 'c' AND a.attname = '${column}'`,
      );
      const name = rows[0]?.conname;
      if (name === undefined || rows.length > 1) throw new Error(`${table}.${column} has no choices`);
      await knex.raw(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`);
      await knex.raw(`ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${checkOf(column, values)}`);
    },
    async setOptional(table, column) {
      await knex.raw(`ALTER TABLE ${table} ALTER COLUMN ${column} DROP NOT NULL`);
    },
    async setKey(table, columns) {
      await knex.raw(
        `ALTER TABLE ${table} DROP CONSTRAINT ${table}_pkey, ADD CONSTRAINT ${table}_pkey PRIMARY KEY (${columns.join(', ')})`,
      );
    },
    async allow(table, verb) {
      const name = `${table}_refuse_${verb.toLowerCase()}`;
      await knex.raw(`DROP TRIGGER ${name} ON ${table}`);
      await knex.raw(`DROP FUNCTION ${name}`);
    },
    refuseHere: (table, verb, condition) => tools.refuse(table, verb, `${isHere} AND (${condition})`),
    async afterReplicated(table, statements) {
      const name = `${table}_replicated`;
      await knex.raw(`CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
          IF ${origin} NOT IN ${WITHOUT_WHAT_FOLLOWS} THEN ${statements.join('; ')}; END IF;
          RETURN NULL;
        END $$`);
      await knex.raw(`CREATE TRIGGER ${name} AFTER INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`);
    },
    async writtenByOwnUnit(table) {
      for (const verb of VERBS) {
        const condition = `${isHere} AND ${rowOf(verb)}.unit_id <> ${OWN_UNIT}`;
        await refusal(`${table}_writer_${verb.toLowerCase()}`, verb, table, condition, OF_ANOTHER_UNIT);
      }
    },
    async movedByOwnUnit(moved, column, table) {
      const unit = `(SELECT unit_id FROM ${table} WHERE id = NEW.${column})`;
      await refusal(`${moved}_${column}_own`, 'INSERT', moved, `${isHere} AND ${unit} <> ${OWN_UNIT}`, OF_ANOTHER_UNIT);
    },
    async writtenByHeadOffice(table) {
      for (const verb of VERBS)
        await refusal(
          `${table}_writer_${verb.toLowerCase()}`,
          verb,
          table,
          `${isHere} AND ${isLinked}`,
          HEAD_OFFICE_ONLY,
        );
    },
  };
  return tools;
}
