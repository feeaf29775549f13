/** What is asked of a station with a device. */
export const WORK_KINDS = [
  'repair',
  'installation',
  'delivery',
  'maintenance',
  'exchange',
  'return',
  'cleaning',
] as const;

export type WorkKind = (typeof WORK_KINDS)[number];
