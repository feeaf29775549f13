import type { Knex } from 'knex';
import type { SchemaTools } from './migrations/migration.ts';

/** The triggers, as SQLite says them. */
export function sqliteTools(knex: Knex): SchemaTools {
  return {
    async appendOnly(table) {
      for (const verb of ['UPDATE', 'DELETE']) {
        await knex.raw(
          `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
        );
      }
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
    async refuse(table, verb, condition) {
      await knex.raw(
        `CREATE TRIGGER ${table}_refuse_${verb.toLowerCase()} BEFORE ${verb} ON ${table} WHEN ${condition}
         BEGIN SELECT RAISE(ABORT, '${table} is locked'); END`,
      );
    },
  };
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
  return {
    async appendOnly(table) {
      await knex.raw(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    },
    async captureChanges(table, columns) {
      const update = columns ? `UPDATE OF ${columns.join(', ')}` : 'UPDATE';
      await knex.raw(
        `CREATE TRIGGER ${table}_log AFTER INSERT OR ${update} OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION record_change()`,
      );
    },
    // A function each, because the WHEN of a trigger may not look into other tables here.
    async refuse(table, verb, condition) {
      const name = `${table}_refuse_${verb.toLowerCase()}`;
      await knex.raw(`CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
          IF ${condition} THEN RAISE EXCEPTION '% is locked', TG_TABLE_NAME; END IF;
          RETURN ${verb === 'DELETE' ? 'OLD' : 'NEW'};
        END $$`);
      await knex.raw(`CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`);
    },
  };
}
