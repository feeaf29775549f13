/** Everything of a human number but the figure at its end, which is a sequence's key; and that figure. */
const [KEY, FIGURE] = [
  `rtrim(rtrim(number, '0123456789'), '-')`,
  `CAST(substr(number, length(rtrim(number, '0123456789')) + 1) AS INTEGER)`,
];

/** The statement, for SQLite, after which no number is given out that is among those selected as `number`. */
export const sequencesFrom = (select: string): string =>
  `INSERT INTO sequences (key, last) SELECT ${KEY}, MAX(${FIGURE}) FROM (${select}) WHERE true GROUP BY 1
   ON CONFLICT (key) DO UPDATE SET last = MAX(sequences.last, excluded.last)`;
