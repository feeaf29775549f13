/** Text as GBK bytes. Node only decodes it, so the table is made by decoding every pair of bytes once. */
const bytesOf = new Map<string, readonly [number, number]>();

for (let lead = 0x81; lead <= 0xfe; lead++) {
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    const text = new TextDecoder('gbk').decode(Uint8Array.of(lead, trail));
    if (text.length === 1 && text !== '\u{fffd}' && !bytesOf.has(text)) bytesOf.set(text, [lead, trail]);
  }
}

export function gbkBytes(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from(text).flatMap((character): readonly number[] => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0x80) return [code];
      const pair = bytesOf.get(character);
      if (!pair) throw new Error(`${character} is not in GBK`);
      return pair;
    }),
  );
}
