import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface TlsProxy extends AsyncDisposable {
  /** Goes into `HTTPS_PROXY`. */
  readonly url: string;
  /** Goes into `SSL_CERT_FILE`. */
  readonly certificateFile: string;
}

/**
 * Starts a proxy that ends the encryption of connections to some hosts and passes their requests on to others, for clients whose addresses are
 * fixed. `routes` names the base address for each host. Needs openssl; its certificate lies in `directory`.
 */
export async function startTlsProxy(routes: Readonly<Record<string, string>>, directory: string): Promise<TlsProxy> {
  const [keyFile, certificateFile] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
  const names = Object.keys(routes).map((host) => `DNS:${host}`);
  const subject = ['-subj', '/CN=emulator', '-addext', `subjectAltName=${names.join(',')}`];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', keyFile, '-out', certificateFile, ...subject],
    { stdio: 'ignore' },
  );

  const inner = createTlsServer({ key: readFileSync(keyFile), cert: readFileSync(certificateFile) }, (incoming, outgoing) => {
    const route = routes[incoming.headers.host ?? ''];
    if (route === undefined) {
      outgoing.writeHead(502).end();
      return;
    }
    const target = new URL(incoming.url ?? '/', route);
    const passed = forward(target, { method: incoming.method, headers: { ...incoming.headers, host: target.host } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  const outer = createServer().on('connect', (_request, socket) => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    inner.emit('connection', socket);
  });
  outer.listen(0, '127.0.0.1');
  await once(outer, 'listening');
  return {
    url: `http://127.0.0.1:${(outer.address() as AddressInfo).port}`,
    certificateFile,
    async [Symbol.asyncDispose]() {
      inner.closeAllConnections();
      outer.closeAllConnections();
      outer.close();
      await once(outer, 'close');
    },
  };
}
