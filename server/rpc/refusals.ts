import type { OpenAPI } from '@orpc/openapi';
import type { ErrorCode } from '#domain/errors.ts';
import { createTranslator } from '#renderer/text/index.ts';
import { en } from '#renderer/text/en.ts';
import { statusOf } from './router.ts';

/** What the API's description says about refusals: their form, and which codes come with which status. */

/** Told by the app itself when it hears nothing, or of a bug: no refusal of an operation. */
const NOT_REFUSALS: ReadonlySet<string> = new Set(['connection.lost', 'internal']);

const CODES = Object.keys(en.errors).filter((code): code is ErrorCode => !NOT_REFUSALS.has(code));

/** Beside these, commands may be refused with every status there is. */
const OF_QUERIES: ReadonlySet<number> = new Set([400, 401, 403, 404, 422, 429, 503]);

const STATUSES = [...new Set(CODES.map(statusOf))].toSorted((a, b) => a - b);

export function statusesOf(kind: 'query' | 'command'): number[] {
  return STATUSES.filter((status) => kind === 'command' || OF_QUERIES.has(status));
}

export const REFUSAL_SCHEMA: OpenAPI.SchemaObject = {
  type: 'object',
  required: ['code', 'status', 'data'],
  properties: {
    code: { type: 'string', description: 'What it was refused for.', enum: [...CODES] },
    status: { type: 'integer', description: 'The HTTP status once more.' },
    message: { type: 'string' },
    defined: { type: 'boolean' },
    data: {
      type: 'object',
      description: 'What the text of the code is about.',
      additionalProperties: true,
      properties: {
        faults: {
          type: 'array',
          description: 'Of `input.invalid`: the fields and what is wrong with them.',
          items: {
            type: 'object',
            required: ['path', 'rule'],
            properties: {
              path: { type: 'string', description: 'As in `customer.phone` or `lines.2.quantity`.' },
              rule: { type: 'string' },
              params: { type: 'object', additionalProperties: true },
            },
          },
        },
      },
    },
  },
};

/** One for each status, with the codes it comes with, as `Refused<status>`. */
export function refusalResponses(): Record<string, OpenAPI.ResponseObject> {
  return Object.fromEntries(
    STATUSES.map((status) => {
      const codes = CODES.filter((code) => statusOf(code) === status).toSorted();
      const content = { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } };
      return [`Refused${status}`, { description: codes.map(lineOf).join('\n'), content }];
    }),
  );
}

const t = createTranslator('en');

/** A text with its figures left open. */
const lineOf = (code: ErrorCode): string => `- \`${code}\`: ${t(`errors.${code}`, {}).replace(/\{\{(\w+)\}\}/g, '…')}`;
