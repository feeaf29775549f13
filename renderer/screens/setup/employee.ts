import type { OutputOf } from '#operations/index.ts';

/** Somebody of the archive, as it is listed. */
export type Employee = OutputOf<'access.listEmployees'>['employees'][number];
