import { Socket } from 'node:net';
import { isAbsolute } from 'node:path';
import { afterEach } from 'vitest';

// Tests may talk to this machine only. The connection is refused before a name is looked up, and the test
// fails even where the code under test turns the refusal into something else (a retry, an outcome).

const refused: string[] = [];
const connect = Socket.prototype.connect;

Socket.prototype.connect = new Proxy(connect, {
  apply(target, socket: Socket, args: unknown[]) {
    const host = hostOf(args);
    if (isLoopback(host)) return Reflect.apply(target, socket, args);
    refused.push(host);
    throw new Error(`a test tried to reach ${host}: only loopback addresses are allowed`);
  },
});

afterEach(() => {
  const hosts = refused.splice(0);
  if (hosts.length > 0) throw new Error(`this test tried to reach the network: ${hosts.join(', ')}`);
});

/** `connect` takes (port, host), (path), (options) and, from inside Node, ([options, listener]). */
function hostOf(args: readonly unknown[]): string {
  const [first, second] = args;
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === 'string' && (isAbsolute(first) || !/^\d+$/.test(first))) return 'localhost';
  if (typeof first !== 'object' || first === null) return typeof second === 'string' ? second : 'localhost';
  if ('path' in first && typeof first.path === 'string') return 'localhost';
  return 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
}

function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?|::ffff:127(\.\d{1,3}){3})$/.test(host);
}
