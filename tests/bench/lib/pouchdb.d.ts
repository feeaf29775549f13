/** What the bench uses of PouchDB, which brings no types of its own. */
declare module 'pouchdb-core' {
  export type Database = {
    info(): Promise<object>;
    get(id: string): Promise<object>;
    put(doc: object): Promise<object>;
    bulkDocs(docs: unknown, options?: object): Promise<object[]>;
    bulkGet(options: object): Promise<object>;
    revsDiff(diff: unknown): Promise<object>;
    changes(options: object): Promise<object>;
    close(): Promise<void>;
  };
  type Constructor = {
    new (name: string, options?: object): Database;
    plugin(plugin: unknown): Constructor;
    replicate(from: Database, to: Database, options?: object): Promise<Readonly<{ ok: boolean; docs_written: number }>>;
  };
  const PouchDB: Constructor;
  export default PouchDB;
}
declare module 'pouchdb-adapter-http' {
  const plugin: unknown;
  export default plugin;
}
declare module 'pouchdb-adapter-leveldb' {
  const plugin: unknown;
  export default plugin;
}
declare module 'pouchdb-replication' {
  const plugin: unknown;
  export default plugin;
}
