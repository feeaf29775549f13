/** See bundles.mjs. */
export const PROGRAMS: Readonly<{ cli: string; station: string }>;
