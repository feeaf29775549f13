import { OpenAPIGenerator, type OpenAPI } from '@orpc/openapi';
import { os } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { operationNames, operations, type OperationName } from '#operations/index.ts';
import { REFUSAL_SCHEMA, refusalResponses, statusesOf } from './refusals.ts';
import { routeOf } from './router.ts';
import { describeWebhooks } from './webhook-descriptions.ts';

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 100 },
  description:
    'The id of the command, made by whoever sends it. Delivered twice, it is done once and answered the same.',
} as const;

const ABOUT = `Every operation of Mendway is \`POST /api/<area>/<verb>\` with its input as a JSON object.

**Session**: \`POST /api/session/sign-in\` answers a token, sent from then on as \`Authorization: Bearer <token>\`. What a person may
see and do over the API is what they may in the app.

**Commands** change data, and should be sent with an \`Idempotency-Key\`: when an answer is lost, the same request with the same key
is safe. One that takes many seconds is undone when its connection is closed before the answer. **Queries** change nothing.

**Refusals** have a status of 4xx or 5xx and \`{code, data}\`: the code is one of those listed under each status, \`data\` what its
text is about. Of \`input.invalid\`, \`data.faults\` names each field.

Money is in the smallest unit of the currency, quantities in thousandths, shares in hundredths of a percent, instants in
milliseconds since 1970 UTC, business dates as \`YYYY-MM-DD\`.`;

let described: Promise<OpenAPI.Document> | undefined;

/** The description of every operation, made from the operations themselves, once. */
export function describeApi(): Promise<OpenAPI.Document> {
  return (described ??= makeDescription());
}

async function makeDescription(): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const procedures = operationNames.map((name) => [name, procedureOf(name)] as const);
  const document = await generator.generate(Object.fromEntries(procedures), {
    info: { title: 'Mendway', version: '1', description: ABOUT },
    servers: [{ url: '/api' }],
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { Refusal: REFUSAL_SCHEMA },
      responses: refusalResponses(),
    },
    security: [{ session: [] }],
  });
  return { ...document, webhooks: describeWebhooks() };
}

function procedureOf(name: OperationName) {
  const { kind, right, input } = operations[name];
  const needs = right === 'anyone' ? 'Needs no session.' : `Needs the right \`${right}\`.`;
  return os
    .route({
      ...routeOf(name),
      summary: name,
      description: `${kind === 'command' ? 'Command.' : 'Query.'} ${needs}`,
      spec: (spec: OpenAPI.OperationObject) => ({
        ...spec,
        ...(kind === 'command' ? { parameters: [IDEMPOTENCY_KEY] } : {}),
        ...(right === 'anyone' ? { security: [] } : {}),
        responses: { ...spec.responses, ...responsesOf(kind) },
      }),
    })
    .input(input)
    .handler(() => undefined);
}

function responsesOf(kind: 'query' | 'command') {
  const named = (status: number) => [status, { $ref: `#/components/responses/Refused${status}` }];
  return Object.fromEntries(statusesOf(kind).map(named)) as OpenAPI.ResponsesObject;
}
