import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';

export type Sheet = OutputOf<'jobs.sheet'>;

/**
 * The papers of a job as they are at this moment, for a form that sends back the version it was opened with: what was
 * seen some time ago would be refused, and what arrives later must not pass for what was seen.
 */
export function useSheet(workOrderId: string) {
  const { data, error, refetch, isFetchedAfterMount } = useQueryOperation('jobs.sheet', { id: workOrderId });
  return { data: isFetchedAfterMount ? data : undefined, error, refetch };
}
