/** What people were told is saved, kept apart from every database: at rest all of it must be there once, and nothing else. */

export type DocumentTable = 'work_orders' | 'stock_documents' | 'requests' | 'settlements';

export type Book = Readonly<{
  /** A document was confirmed under this number. */
  document(table: DocumentTable, unitId: string, number: string): void;
  documents(): readonly Readonly<{ table: DocumentTable; unitId: string; number: string }>[];
  /** Parts came into the company (positive) or left it: thousandths and fen. */
  stock(quantity: number, value: number): void;
  /** Fen came onto the deposits that are held (positive) or left them. */
  deposit(amount: number): void;
  /** Entries of pay were made, fen in all. */
  pay(entries: number, amount: number): void;
  /** A deposit or a payment was taken, fen. */
  money(amount: number): void;
  sums(): Readonly<{
    quantity: number;
    value: number;
    payEntries: number;
    payAmount: number;
    money: number;
    deposits: number;
  }>;
  /** What was done or refused, how often. */
  note(what: string): void;
  notes(): Readonly<Record<string, number>>;
  /** Something that must never happen. */
  violation(text: string): void;
  violations(): readonly string[];
}>;

export function openBook(): Book {
  const documents: { table: DocumentTable; unitId: string; number: string }[] = [];
  const sums = { quantity: 0, value: 0, payEntries: 0, payAmount: 0, money: 0, deposits: 0 };
  const notes = new Map<string, number>();
  const violations = new Set<string>();
  return {
    document: (table, unitId, number) => void documents.push({ table, unitId, number }),
    documents: () => documents,
    stock: (quantity, value) => {
      sums.quantity += quantity;
      sums.value += value;
    },
    deposit: (amount) => void (sums.deposits += amount),
    pay: (entries, amount) => {
      sums.payEntries += entries;
      sums.payAmount += amount;
    },
    money: (amount) => void (sums.money += amount),
    sums: () => sums,
    note: (what) => void notes.set(what, (notes.get(what) ?? 0) + 1),
    notes: () => Object.fromEntries([...notes].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    violation: (text) => void violations.add(text),
    violations: () => [...violations],
  };
}
