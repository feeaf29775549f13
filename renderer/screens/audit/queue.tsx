import type { ReactNode } from 'react';
import { normalizeSearch } from '#domain/search.ts';
import type { OutputOf } from '#operations/index.ts';
import type { Format, QueueItem } from '#renderer/ui/index.ts';

export type QueueRow = OutputOf<'audit.queue'>['rows'][number];

/** Rows that contain the fragment in number, customer, product or technician. */
export function matching(rows: readonly QueueRow[], fragment: string): readonly QueueRow[] {
  const sought = normalizeSearch(fragment);
  if (sought === '') return rows;
  return rows.filter(({ number, customerName, category, brand, model, technicianName }) =>
    normalizeSearch(`${number} ${customerName ?? ''} ${category} ${brand} ${model} ${technicianName ?? ''}`).includes(
      sought,
    ),
  );
}

export function queueItem(row: QueueRow, format: Format, mark: ReactNode): QueueItem {
  const device = [row.category, row.brand, row.model].filter((word) => word !== '').join(' ');
  return {
    key: row.id,
    title: row.number,
    mark,
    text: [row.customerName, device].filter(Boolean).join(' · '),
    note: [row.technicianName, row.completedAt === null ? '' : format.dateTime(row.completedAt)]
      .filter(Boolean)
      .join(' · '),
  };
}
