/** See bundles.mjs. */
export const FLAGS: readonly string[];
export const PROGRAMS: Readonly<{ cli: string; station: string }>;
