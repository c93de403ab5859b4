import { createServer, type ServerResponse } from 'node:http';

const plainSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1em" height="1em" viewBox="0 0 24 24"><path fill="currentColor" d="M5 5h14v14H5z"/></svg>';
const set = {
  name: 'Material Design Icons',
  total: 7447,
  author: { name: 'Pictogrammers', url: 'https://github.com/Templarian/MaterialDesign' },
  license: { title: 'Apache 2.0', spdx: 'Apache-2.0', url: 'https://example.org/apache' },
};
const iconset = {
  iconset_id: 7,
  name: 'Health',
  author: { name: 'Someone', author_id: 3 },
  license: { license_id: 1, name: 'Free for commercial use', scope: 'free', url: 'https://example.org/free' },
};

/** What the next requests of a route do instead of answering. */
export type Trouble = 'error' | 'busy' | 'hang' | 'bad_json' | 'gone';

export interface Services {
  /** Without a slash at its end; both services lie here. */
  url: string;
  requests: { path: string; authorization: string | undefined }[];
  /** Every drawing asked for. */
  drawing: string;
  /** What searches find, by number or by name. */
  icons: readonly string[];
  /** Trouble for the next requests whose path begins so, in order. */
  trouble: { path: string; kind: Trouble }[];
  close(): Promise<void>;
}

/** A server that speaks the documented parts of Iconify's API 3 and Iconfinder's API 4, on 127.0.0.1. */
export async function startServices(): Promise<Services> {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    services.requests.push({ path, authorization: request.headers.authorization });
    const at = services.trouble.findIndex((entry) => path.startsWith(entry.path));
    const [trouble] = at === -1 ? [] : services.trouble.splice(at, 1);
    if (trouble) misbehave(trouble.kind, response);
    else answer(path, services, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const services: Services = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    drawing: plainSvg,
    icons: ['mdi:stethoscope', 'mdi:doctor'],
    trouble: [],
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return services;
}

function answer(path: string, { url, icons, drawing }: Services, response: ServerResponse): void {
  const id = /^\/v4\/icons\/(\d+)$/.exec(path)?.[1];
  if (path.startsWith('/search?')) {
    json(response, { icons, total: icons.length, limit: 32, start: 0, collections: { mdi: set } });
  } else if (path.startsWith('/v4/icons/search?')) {
    json(response, { total_count: icons.length, icons: icons.map((_, i) => ({ icon_id: i + 1 })) });
  } else if (id !== undefined) {
    const formats = [{ format: 'svg', download_url: `${url}/v4/icons/${id}/formats/svg/1/download` }];
    json(response, {
      icon_id: Number(id),
      tags: ['stethoscope'],
      iconset,
      vector_sizes: [{ size: 24, formats }],
    });
  } else if (/\.svg$|\/download$/.test(path))
    response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(drawing);
  else response.writeHead(404).end();
}

function misbehave(kind: Trouble, response: ServerResponse): void {
  if (kind === 'hang') return;
  const status = { error: 500, busy: 429, bad_json: 200, gone: 404 }[kind];
  response.writeHead(status, kind === 'busy' ? { 'retry-after': '0' } : {}).end('<html>');
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
