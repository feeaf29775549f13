import type { Actor } from '#domain/access/actor.ts';
import type { InputOf } from '#operations/index.ts';
import type { TestStation } from './station.ts';

/** Work orders as the front desk, the dispatcher and a technician bring them about, through the operations themselves. */

export type Intake = InputOf<'workOrders.registerIntake'>;

const CARRY_IN: Intake = {
  customer: { name: '王小明', phone: '13800000001', address: '长宁路 1 号' },
  device: { category: '空调', brand: '格力', model: 'KFR-35', serial: 'SN-1' },
  mode: 'carry-in',
  symptom: '不制冷',
};

export async function givenIntake(station: TestStation, values: Partial<Intake> = {}) {
  return station.run('workOrders.registerIntake', { ...CARRY_IN, ...values }, { as: 'clerk' });
}

export type Ordered = Readonly<{ id: string; number: string; version: number }>;

/** Dispatched to the technician; in state `dispatched`. */
export async function givenDispatched(station: TestStation, technician: Actor, values: Partial<Intake> = {}) {
  const { id, version } = await givenIntake(station, values);
  return station.run('dispatch.assign', { id, version, technicianId: technician.employeeId }, { as: 'dispatcher' });
}

/** Accepted and begun by the technician; in state `in-progress`. */
export async function givenStarted(station: TestStation, technician: Actor, values: Partial<Intake> = {}) {
  const dispatched = await givenDispatched(station, technician, values);
  const { id, version } = await station.run(
    'workOrders.accept',
    { id: dispatched.id, version: dispatched.version },
    { as: technician },
  );
  return station.run('workOrders.start', { id, version }, { as: technician });
}
