/** The levels of the tree of units; head office is its root, the others stand below it to any depth. */
export const UNIT_KINDS = ['head-office', 'region', 'province', 'outlet'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** What the tree within a unit is made of: positions are its leaves. */
export const DEPARTMENT_KINDS = ['department', 'position'] as const;
export type DepartmentKind = (typeof DEPARTMENT_KINDS)[number];
