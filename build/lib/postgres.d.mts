/** See postgres.mjs. */
export function postgresFolder(): string | undefined;
export function startPostgres(
  bin: string,
  others?: Readonly<Record<string, string>>,
): Promise<{ url: string; halt: () => Promise<void>; resume: () => Promise<void>; stop: () => Promise<void> }>;
