/** Whether a device is under warranty on a business date; its last day counts. Null when nothing is known of its end. */
export function isUnderWarranty(warrantyEndOn: string | null, today: string): boolean | null {
  return warrantyEndOn === null ? null : today <= warrantyEndOn;
}

/** Work on a device that comes back within this time is a repeat repair. */
export const REPEAT_REPAIR_DAYS = 90;
