/** When a UUIDv7 was made, ms UTC: its first 48 bits. Undefined for any other id. */
export function instantOfId(id: string): number | undefined {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(id);
  return match ? Number.parseInt(`${match[1]}${match[2]}`, 16) : undefined;
}
