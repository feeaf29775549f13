import { z } from 'zod';
import { printable } from '../inputs.ts';

/** At least eight characters, letters and digits both. */
export const newPassword = () =>
  printable(z.string().max(200)).refine((value) => value.length >= 8 && /\p{L}/u.test(value) && /\d/.test(value), {
    params: { rule: 'weakPassword' },
  });
