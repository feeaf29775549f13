/** See postgres.mjs. */
export function postgresFolder(): string | undefined;
export function startPostgres(
  bin: string,
  others?: Readonly<Record<string, string>>,
): Promise<{ url: string; stop(): Promise<void> }>;
