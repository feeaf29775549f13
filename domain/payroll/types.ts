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
