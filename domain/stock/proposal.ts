import { ONE_PIECE } from '../quantity.ts';

/** What is known of a part in a warehouse, thousandths. */
export type Need = Readonly<{
  onHand: number;
  /** Shipped and not arrived. */
  inTransit: number;
  /** Asked for or granted, and not shipped. */
  ordered: number;
  /** Used in the last weeks: as much is expected to be used in as many weeks to come. */
  used: number;
  /** Where somebody has set them: never to have less, and how much to fill up to. */
  min: number | null;
  max: number | null;
  /** What it is counted in, in the users' own word. */
  measure: string;
}>;

/** What is measured out, in fractions, too; everything else goes by the piece. */
const MEASURED =
  /^(mm|cm|dm|m|km|mg|g|kg|t|ml|cl|l|m2|m²|m3|m³|毫米|厘米|分米|米|千米|公里|毫克|克|千克|公斤|斤|吨|毫升|升|平方米|立方米)$/i;

/**
 * What to ask for, so that there is enough for the weeks to come and never less than the least; 0 where what there is and what
 * is on its way suffice. Of what goes by the piece, whole pieces.
 */
export function proposedQuantity({ onHand, inTransit, ordered, used, min, max, measure }: Need): number {
  const there = onHand + inTransit + ordered;
  const needed = Math.max(min ?? 0, used);
  if (there >= needed) return 0;
  const wanted = Math.max(needed, max ?? 0) - there;
  return MEASURED.test(measure.trim()) ? wanted : Math.ceil(wanted / ONE_PIECE) * ONE_PIECE;
}
