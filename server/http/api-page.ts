import { createRequire } from 'node:module';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * The API to read and to try: Swagger UI over /api/openapi.json. Everything comes from this server, scripts as files of their
 * own, as the Content-Security-Policy wants it.
 */

const ADDRESS = '/api/docs/';
const FILES: ReadonlySet<string> = new Set(['/swagger-ui.css', '/swagger-ui-bundle.js']);

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mendway API</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="swagger-ui-bundle.js"></script>
<script src="start.js"></script>
</body>
</html>
`;

// Nothing is asked of others: no validator, no fonts. A token typed in is forgotten with the page.
const START = `SwaggerUIBundle({
  url: '../openapi.json',
  dom_id: '#api',
  validatorUrl: null,
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  defaultModelsExpandDepth: 0,
  tagsSorter: 'alpha',
  operationsSorter: 'alpha',
  persistAuthorization: false,
});
`;

export async function mountApiPage(app: FastifyInstance): Promise<void> {
  const root = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  app.get('/api', (_request, reply) => reply.redirect(ADDRESS));
  app.get('/api/docs', (_request, reply) => reply.redirect(ADDRESS));
  app.get(ADDRESS, (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  app.get(`${ADDRESS}start.js`, (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START));
  await app.register(fastifyStatic, {
    root,
    prefix: ADDRESS,
    index: false,
    decorateReply: false,
    allowedPath: (file) => FILES.has(file),
    maxAge: '1d',
  });
}
