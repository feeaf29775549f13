/** A place in the change log of the server. On SQLite every turn is 0. */
export type Cursor = Readonly<{ turn: number; seq: number }>;

export const cursorText = ({ turn, seq }: Cursor): string => `${turn}:${seq}`;

/** '' is the beginning. */
export function cursorOf(text: string): Cursor {
  const [turn = 0, seq = 0] = text === '' ? [] : text.split(':').map(Number);
  return { turn: turn || 0, seq: seq || 0 };
}
