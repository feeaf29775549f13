import { OpenAPIGenerator, type OpenAPI } from '@orpc/openapi';
import { os } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { operationNames, operations } from '#operations/index.ts';
import { routeOf } from './router.ts';

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description: 'The id of the command. Delivered twice, it is done once and answered the same.',
} as const;

/** The description of every operation, made from the operations themselves. */
export async function describeApi(): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const procedures = operationNames.map((name) => {
    const { kind, right, input } = operations[name];
    const description = right === 'anyone' ? 'Needs no session.' : `Needs the right \`${right}\`.`;
    const route = {
      ...routeOf(name),
      description,
      spec: (spec: OpenAPI.OperationObject) => (kind === 'command' ? { ...spec, parameters: [IDEMPOTENCY_KEY] } : spec),
    };
    return [
      name,
      os
        .route(route)
        .input(input)
        .handler(() => undefined),
    ] as const;
  });
  return generator.generate(Object.fromEntries(procedures), {
    info: { title: 'Mendway', version: '1' },
    servers: [{ url: '/api' }],
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    security: [{ session: [] }],
  });
}
