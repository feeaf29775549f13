import type { OpenAPI } from '@orpc/openapi';
import { WEBHOOK_EVENTS, type WebhookEvent } from '#domain/webhooks.ts';

/** What each event tells in `data`, for whoever writes a receiver. A test compares it with what is sent. */
export const WEBHOOK_DATA: Readonly<Record<WebhookEvent, readonly string[]>> = {
  'work-order.registered': words(
    'workOrderId number kind mode channel urgency warrantyClass symptom customerId deviceId',
  ),
  'work-order.state-changed': words('workOrderId number step fromState toState reason'),
  'settlement.made': words(
    `settlementId number workOrderId workOrderNumber labour parts travel discount total receivedBefore due settledOn reversesId`,
  ),
  'stock-document.posted': words(
    'documentId number kind issueKind warehouseId supplierId workOrderId movedOn reversesId',
  ),
  'customer.changed': words('customerId kind name phone secondPhone address note'),
  'request.made': words('requestId number kind toUnitId subject content note requestedOn'),
  'request.answered': words('requestId number kind toUnitId decision reason workOrderNumber answeredOn'),
};

function words(text: string): string[] {
  return text.split(' ');
}

const ABOUT = `Sent to the webhooks made in the app under Set-up. Any status of 2xx takes it; anything else, and no answer within ten
seconds, is tried again with growing pauses for two days and a half, then given up until sent again by hand. Redirects are not followed.

An event may come twice, with the same \`id\`, and in another order than it happened: \`at\` says when that was. To know that it is
ours, compute the hex HMAC-SHA256 of \`<t>.<body>\` with the webhook's secret and compare it with \`v1\`; refuse a \`t\` that is long past.`;

const SIGNATURE = {
  name: 'Mendway-Signature',
  in: 'header',
  required: true,
  schema: { type: 'string', pattern: '^t=\\d+,v1=[0-9a-f]{64}$' },
  description: '`t=<unix seconds>,v1=<hex HMAC-SHA256>`',
} as const;

export function describeWebhooks(): Record<string, OpenAPI.PathItemObject> {
  return Object.fromEntries(
    WEBHOOK_EVENTS.map((event) => {
      const content = { 'application/json': { schema: payloadOf(event) } };
      const post: OpenAPI.OperationObject = {
        tags: ['events'],
        summary: event,
        description: ABOUT,
        parameters: [SIGNATURE],
        requestBody: { required: true, content },
        responses: { '2XX': { description: 'Taken.' } },
      };
      return [event, { post } as OpenAPI.PathItemObject]; // as: the types still have 3.0's schemas there
    }),
  );
}

function payloadOf(event: WebhookEvent): OpenAPI.SchemaObject {
  return {
    type: 'object',
    required: ['id', 'event', 'at', 'unit', 'data'],
    properties: {
      id: { type: 'string', description: 'Of the event: the same however often it is sent.' },
      event: { type: 'string', const: event },
      at: { type: 'string', format: 'date-time', description: 'When it happened.' },
      unit: {
        type: 'object',
        description: 'Where it happened.',
        properties: { id: { type: 'string' }, code: { type: 'string' } },
      },
      data: { type: 'object', properties: Object.fromEntries(WEBHOOK_DATA[event].map((field) => [field, {}])) },
    },
  };
}
