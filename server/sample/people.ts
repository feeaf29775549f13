import type { Role } from '#domain/access/roles.ts';

/** The sample company's people. Everyone signs in with the same password: it is a company to learn with. */
export const SAMPLE_PASSWORD = 'mendway2026';

type SamplePerson = Readonly<{
  number: string;
  name: string;
  roles: readonly Role[];
  position: string;
  grade: string;
  /** fen a month */
  baseSalary: number;
  positionPay: number;
  gradeAllowance: number;
}>;

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  {
    number: 'C01',
    name: '林晓燕',
    roles: ['clerk'],
    position: '前台',
    grade: '',
    baseSalary: 420_000,
    positionPay: 30_000,
    gradeAllowance: 0,
  },
  {
    number: 'C02',
    name: '何佳',
    roles: ['clerk', 'dispatcher'],
    position: '前台',
    grade: '',
    baseSalary: 430_000,
    positionPay: 30_000,
    gradeAllowance: 0,
  },
  {
    number: 'D01',
    name: '周敏',
    roles: ['dispatcher'],
    position: '调度',
    grade: '',
    baseSalary: 460_000,
    positionPay: 40_000,
    gradeAllowance: 0,
  },
  {
    number: 'T01',
    name: '王建国',
    roles: ['technician'],
    position: '技师',
    grade: 'A',
    baseSalary: 350_000,
    positionPay: 20_000,
    gradeAllowance: 80_000,
  },
  {
    number: 'T02',
    name: '李志强',
    roles: ['technician'],
    position: '技师',
    grade: 'A',
    baseSalary: 350_000,
    positionPay: 20_000,
    gradeAllowance: 80_000,
  },
  {
    number: 'T03',
    name: '张海峰',
    roles: ['technician'],
    position: '技师',
    grade: 'B',
    baseSalary: 330_000,
    positionPay: 20_000,
    gradeAllowance: 40_000,
  },
  {
    number: 'T04',
    name: '陈浩',
    roles: ['technician'],
    position: '学徒',
    grade: 'C',
    baseSalary: 300_000,
    positionPay: 10_000,
    gradeAllowance: 0,
  },
  {
    number: 'K01',
    name: '吴桂芳',
    roles: ['keeper'],
    position: '仓管',
    grade: '',
    baseSalary: 430_000,
    positionPay: 30_000,
    gradeAllowance: 0,
  },
  {
    number: 'A01',
    name: '郑文',
    roles: ['auditor'],
    position: '审核',
    grade: '',
    baseSalary: 480_000,
    positionPay: 50_000,
    gradeAllowance: 0,
  },
  {
    number: 'F01',
    name: '孙丽',
    roles: ['accountant'],
    position: '会计',
    grade: '',
    baseSalary: 520_000,
    positionPay: 60_000,
    gradeAllowance: 0,
  },
  {
    number: 'M01',
    name: '高峰',
    roles: ['manager'],
    position: '站长',
    grade: '',
    baseSalary: 680_000,
    positionPay: 150_000,
    gradeAllowance: 0,
  },
];

export const SAMPLE_ADMINISTRATOR = { number: 'admin', name: '系统管理员' } as const;

export type SampleSignIn = Readonly<{ number: string; name: string; roles: string; password: string }>;

export function sampleSignIns(): SampleSignIn[] {
  const people = SAMPLE_PEOPLE.map(({ number, name, roles }) => ({ number, name, roles: roles.join(', ') }));
  const everyone = [...people, { ...SAMPLE_ADMINISTRATOR, roles: 'administrator' }];
  return everyone.map((person) => ({ ...person, password: SAMPLE_PASSWORD }));
}
