import type { WorkingHours } from './working-time.ts';

// What commission is computed from. Amounts in minor units, quantities in thousandths, rates and shares in basis points.

export type PayEmployee = Readonly<{
  number: string;
  grade: string | null;
  unit: string | null;
  baseSalary: number;
  positionPay: number;
  gradeAllowance: number;
  /** First and last day of employment; null: before and beyond every period. */
  joinedOn: string | null;
  leftOn: string | null;
}>;

/** A technician's part of a piece of work. Numbers are distinct within a list. */
export type PayShare = Readonly<{ employee: string; shareBp: number }>;

export type PayLabourLine = Readonly<{
  workType: string;
  fee: number;
  labourCost: number;
  /** Thousandths; 1000 where nothing is counted. */
  units: number;
  /** Empty: the order's technicians. */
  technicians: readonly PayShare[];
}>;

export type PayPartLine = Readonly<{
  part: string;
  quantity: number;
  /** Of one piece. */
  price: number;
  /** Of the whole line. */
  cost: number;
  charge: 'customer' | 'warranty' | 'vendor' | 'free';
  /** Whose sale it is alone; null: the order's technicians'. */
  soldBy: string | null;
}>;

export type PayOrder = Readonly<{
  id: string;
  serviceMode: string;
  warrantyClass: string;
  productCategory: string | null;
  /** The date that decides which rules are in force. */
  completedOn: string;
  /** The date that decides the pay period. */
  auditedOn: string;
  /** Add up to 10000; empty: nobody earns by the order as a whole. */
  technicians: readonly PayShare[];
  discount: number;
  labour: readonly PayLabourLine[];
  parts: readonly PayPartLine[];
}>;

/** What a rule may depend on. A condition left out or null is none. */
export type PayConditions = Readonly<{
  employee?: string | null;
  workType?: string | null;
  productCategory?: string | null;
  grade?: string | null;
  warrantyClass?: string | null;
  serviceMode?: string | null;
  unit?: string | null;
}>;

export type PayFamily = 'labour' | 'parts' | 'job';
export type RateComponent = 'labour' | 'labour_profit' | 'part_sales' | 'part_margin';
export type AmountComponent = 'per_unit' | 'per_job';
export type PayComponent = RateComponent | AmountComponent;

type RuleHead = Readonly<{
  id: string;
  conditions: PayConditions;
  /** Both included; null: open. */
  validFrom: string | null;
  validTo: string | null;
  /** Limits each entry; null: no limit. */
  capAmount: number | null;
}>;

export type RateRule = RuleHead & Readonly<{ component: RateComponent; rateBp: number; discount: 'before' | 'after' }>;
export type AmountRule = RuleHead & Readonly<{ component: AmountComponent; amount: number }>;
export type PayRule = RateRule | AmountRule;

/** One amount of commission, and everything it was computed from. */
export type PayEntry = Readonly<{
  kind: 'commission';
  family: PayFamily;
  component: PayComponent;
  ruleId: string;
  orderId: string;
  /** Index of the labour line (family labour) or part line (family parts), from 0; null for the job as a whole. */
  line: number | null;
  employee: string;
  /** What is shared: the base of the line, or the rule's amount (× units). */
  base: number;
  shareBp: number;
  /** This technician's part of `base`. */
  share: number;
  /** Of the rule: a rate, or an amount for one unit or job. */
  rateBp: number | null;
  unitAmount: number | null;
  /** Thousandths; for `per_unit` only. */
  units: number | null;
  /** Whether the rule's limit has reduced the amount. */
  capped: boolean;
  amount: number;
}>;

/** What a month's work measures: the technician's part of all fees, or the orders he is among the technicians of. */
export type TierMeasure = 'labour_base' | 'orders';

/** Paid on top, by the month: each part of the measure at its bracket's rate, or the amount of the highest step reached. */
export type TierRule = RuleHead &
  Readonly<{ measure: TierMeasure }> &
  (
    | Readonly<{ mode: 'progressive'; tiers: readonly Readonly<{ from: number; rateBp: number }>[] }>
    | Readonly<{ mode: 'step'; tiers: readonly Readonly<{ from: number; amount: number }>[] }>
  );

export type DeadlineRule = Readonly<{
  id: string;
  conditions: Readonly<{ urgency?: string | null; serviceMode?: string | null }>;
  validFrom: string | null;
  validTo: string | null;
  /** Working minutes. */
  limitMinutes: number;
  graceMinutes: number;
  unitMinutes: number;
  /** For each unit begun; above 0. */
  amountPerUnit: number;
  capAmount: number | null;
}>;

/** A fixed amount, or a rate of the technician's own commission on the order; both above 0. */
export type PayItem = Readonly<{ id: string; kind: 'reward' | 'penalty' }> &
  (Readonly<{ amount: number }> | Readonly<{ rateBp: number }>);

export type FollowUpResult = 'very_satisfied' | 'satisfied' | 'dissatisfied';

/** An order with all that a month's pay looks at. Instants in ms UTC. */
export type PeriodOrder = PayOrder &
  Readonly<{
    urgency: string;
    registeredOn: string;
    startAt: number | null;
    doneAt: number | null;
    pauses: readonly (readonly [from: number, to: number])[];
    items: readonly Readonly<{ item: string; employee: string | null }>[];
    followUp: FollowUpResult | null;
    /** Of the order whose work is done again. */
    reworkOf: string | null;
  }>;

export type SatisfactionPay = Readonly<{
  /** For each answer, signed; a result left out pays nothing. */
  perOrder: Readonly<Partial<Record<FollowUpResult, number | undefined>>>;
  monthly: Readonly<{ threshold: number; pointAmount: number }> | null;
}>;

export type PayScenario = Readonly<{
  period: Readonly<{ from: string; to: string }>;
  /** `carriedIn`: deductions left over from last period, not negative. */
  employees: readonly (PayEmployee & Readonly<{ carriedIn: number }>)[];
  rules: readonly PayRule[];
  tierRules: readonly TierRule[];
  orders: readonly PeriodOrder[];
  /** Null: every minute is a working minute. */
  workingHours: WorkingHours | null;
  deadlineRules: readonly DeadlineRule[];
  items: readonly PayItem[];
  satisfaction: SatisfactionPay | null;
  rework: Readonly<{ days: number; clawbackBp: number }> | null;
  /** Of the gross; null: no limit. */
  deductionCapBp: number | null;
}>;

type OtherKind =
  | 'base-salary'
  | 'position-pay'
  | 'grade-allowance'
  | 'tier'
  | 'reward'
  | 'penalty'
  | 'satisfaction'
  | 'satisfaction-month'
  | 'deadline'
  | 'clawback'
  | 'carried-in';

/** An amount that isn't commission, signed as it changes the pay, and what it was computed from. */
export type OtherEntry = Readonly<{
  kind: OtherKind;
  employee: string;
  /** The rule or item behind it. */
  ruleId: string | null;
  orderId: string | null;
  /** What is shared, measured, or taken a rate of. */
  base: number;
  shareBp: number | null;
  /** This person's part of `base`. */
  share: number;
  /** Basis points; of points of satisfaction the amount for one. */
  rateBp: number | null;
  amount: number;
}>;

export type AnyPayEntry = PayEntry | OtherEntry;

/** All amounts as they change the pay, but what is carried: those are deductions, not negative. */
export type Payslip = Readonly<{
  employee: string;
  basePay: number;
  commission: number;
  tiers: number;
  rewards: number;
  satisfaction: number;
  penalties: number;
  deadline: number;
  clawback: number;
  carriedIn: number;
  gross: number;
  deductions: number;
  carriedOut: number;
  net: number;
  entries: readonly AnyPayEntry[];
}>;

export type PayResult = Readonly<{
  payslips: readonly Payslip[];
  /** Of orders with a deadline: when they were due, ms UTC. */
  orders: readonly Readonly<{ id: string; dueAt: number }>[];
}>;
