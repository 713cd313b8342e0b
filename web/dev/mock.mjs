// `npm run dev:mock`: the mock server and the development server together.
process.env.MOCK_PORT ??= '5199';
process.env.MEDHUB_URL = `http://127.0.0.1:${process.env.MOCK_PORT}`;
await import('./mock-server.mjs');
const { createServer } = await import('vite');
const server = await createServer();
await server.listen();
server.printUrls();
