import type { ErrorDetails } from '#domain/errors.ts';

/** Details of a refusal as they were kept, for its sentence. What can't be read tells nothing. */
export function detailsOf(json: string): ErrorDetails {
  try {
    const value: unknown = JSON.parse(json || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ErrorDetails) : {};
  } catch {
    return {};
  }
}
