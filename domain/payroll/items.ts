/**
 * The item of the catalogue by which the system takes what somebody was charged for old parts. Every charge says its own amount, so
 * nobody gives it by hand or by a table.
 */
export const OLD_PART_CODE = 'OLD-PART';
