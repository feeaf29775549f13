import type { ReactNode } from 'react';
import type { OutputOf } from '#operations/index.ts';
import type { Format, QueueItem } from '#renderer/ui/index.ts';

export type QueueRow = OutputOf<'audit.queue'>['rows'][number];

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
