/** How much a technician has to do, and what he has done before. */
export type Candidate = Readonly<{
  id: string;
  number: string;
  /** Open work orders with him. */
  load: number;
  /** Finished work orders of the last year, by product category. */
  experience: Readonly<Record<string, number>>;
}>;

/** Having repaired such devices before weighs as much as two orders less to do. */
const WEIGHT_OF_EXPERIENCE = 2;

/** To whom work on a category of device would best go: the least burdened, with some credit for experience. */
export function suggestTechnician(candidates: readonly Candidate[], category: string): string | null {
  const weighed = candidates.map((candidate) => {
    const hasExperience = (candidate.experience[category] ?? 0) > 0;
    return { ...candidate, burden: candidate.load - (hasExperience ? WEIGHT_OF_EXPERIENCE : 0) };
  });
  weighed.sort((a, b) => a.burden - b.burden || (a.number < b.number ? -1 : 1));
  return weighed[0]?.id ?? null;
}
