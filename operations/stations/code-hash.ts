import { hash } from 'node:crypto';
import { normaliseEnrolmentCode } from '#domain/sync/enrolment-code.ts';

/** What is kept of an enrolment code, however it was typed. */
export const enrolmentCodeHash = (code: string): string => hash('sha256', normaliseEnrolmentCode(code), 'hex');
