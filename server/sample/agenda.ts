/** What is going to happen, in the order of time: the sample company lives through its past day by day. */
export type Agenda = Readonly<{
  /** @param at ms UTC */
  plan(at: number, act: () => Promise<void>): void;
  /** Does everything that is planned up to `until`, also what is planned meanwhile. */
  live(until: number, onDay: (at: number) => void): Promise<void>;
}>;

type Plan = Readonly<{ at: number; order: number; act: () => Promise<void> }>;

const DAY = 86_400_000;

export function createAgenda(setClock: (at: number) => void): Agenda {
  let plans: Plan[] = [];
  let order = 0;

  function takeNext(): Plan | undefined {
    let next = plans[0];
    for (const plan of plans)
      if (next && (plan.at < next.at || (plan.at === next.at && plan.order < next.order))) next = plan;
    plans = plans.filter((plan) => plan !== next);
    return next;
  }

  return {
    plan: (at, act) => void plans.push({ at, order: order++, act }),
    async live(until, onDay) {
      let day = 0;
      for (let plan = takeNext(); plan && plan.at <= until; plan = takeNext()) {
        setClock(plan.at);
        if (Math.floor(plan.at / DAY) !== day) onDay(plan.at);
        day = Math.floor(plan.at / DAY);
        await plan.act();
      }
    },
  };
}

const OPENS = 8.5 * 3_600_000;
const CLOSES = 18 * 3_600_000;
const SHANGHAI = 8 * 3_600_000; // no summer time

/** The instant itself if the station is open then, otherwise as long after the next opening. */
export function whenOpen(at: number): number {
  const time = (at + SHANGHAI) % DAY;
  const midnight = at - time;
  if (time < OPENS) return midnight + OPENS + (time % 3_600_000);
  if (time > CLOSES) return midnight + DAY + OPENS + (time % 3_600_000);
  return at;
}
