import type { InputOf } from '#operations/index.ts';

/** An air conditioner that somebody brings to the counter. */
export const intake = (name: string): InputOf<'workOrders.registerIntake'> => ({
  customer: { name, phone: '13800000000' },
  device: { category: '空调', brand: '格力', serial: `SN-${name}` },
  mode: 'carry-in',
  symptom: '不制冷',
});
