import { describe, expect, test } from 'vitest';
import { LOCAL_TABLES, SYNCED_TABLES } from '#db/sync/tables.ts';
import { createDatabase, DIALECTS, isAvailable } from '../helpers/databases.ts';

describe.each(DIALECTS)('the tables on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('are accounted for', () => {
    test('each is synchronised, or it is said why not', async () => {
      const { store, close } = await createDatabase(dialect);
      const text =
        dialect === 'sqlite'
          ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
          : "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'";
      const tables = await store.read((sql) => sql.all<{ name: string }>(text));
      await close();
      const known = new Set([...SYNCED_TABLES.map(({ name }) => name), ...Object.keys(LOCAL_TABLES)]);
      expect(tables.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
    });

    test('the change log hears of every synchronised one, and only of those', async () => {
      const { store, close } = await createDatabase(dialect);
      const text =
        dialect === 'sqlite'
          ? "SELECT DISTINCT tbl_name AS name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%INTO change_log%'"
          : `SELECT DISTINCT c.relname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
             WHERE NOT t.tgisinternal AND p.prosrc LIKE '%INTO change_log%'`;
      const captured = await store.read((sql) => sql.all<{ name: string }>(text));
      await close();
      expect(captured.map(({ name }) => name).toSorted()).toEqual(SYNCED_TABLES.map(({ name }) => name).toSorted());
    });
  });
});

test('parents stand before their children', async () => {
  const { store, close } = await createDatabase('sqlite');
  const names = SYNCED_TABLES.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    const parents = await store.read((sql) =>
      sql.all<{ parent: string }>('SELECT "table" AS parent FROM pragma_foreign_key_list(?)', [name]),
    );
    for (const { parent } of parents)
      expect(names.indexOf(parent), `${name} refers to ${parent}`).toBeLessThanOrEqual(index);
  }
  await close();
});
