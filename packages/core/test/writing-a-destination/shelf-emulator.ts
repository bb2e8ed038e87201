import { createHash, randomUUID } from 'node:crypto';
import { type Emulator, type RoutedRequest, Router, startEmulator } from '@spotdraft-archive/testkit';

interface ShelfFile {
  readonly id: string;
  path: string;
  card: unknown;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface ShelfEmulator extends Emulator<'api'> {
  readonly store: Shelf;
}

interface ShelfSession {
  readonly target: Target;
  bytes: Buffer;
  /** What the last piece was answered with. */
  end?: { readonly file: ShelfFile; readonly status: number };
}

/** What a file is to become. */
interface Target {
  readonly path: string;
  readonly card: unknown;
  readonly ifExists: string | null;
  readonly replaces: string | null;
}

interface Shelf {
  readonly files: Map<string, ShelfFile>;
  readonly sessions: Map<string, ShelfSession>;
}

/** The imagined store of the guide: files at paths below one shelf, a second one at a path is refused. */
export async function startShelfEmulator(): Promise<ShelfEmulator> {
  const store: Shelf = { files: new Map(), sessions: new Map() };
  const router = new Router<Shelf>()
    .on('GET', '/shelves/contracts', () => new Response('{}'))
    .on('PUT', '/shelves/contracts/*path', putFile)
    .on('GET', '/shelves/contracts/*path', ({ params }) => describe(atPath(store, params.path)))
    .on('GET', '/files/:id', ({ params }) => describe(store.files.get(params.id ?? '')))
    .on('GET', '/files/:id/content', readFile)
    .on('PUT', '/files/:id/card', putCard)
    .on('POST', '/sessions', beginSession)
    .on('PUT', '/sessions/:id', putPiece);
  const api = async (request: Request) => (await router.handle(request, store)) ?? new Response('', { status: 404 });
  return Object.assign(await startEmulator({ origins: { api } }), { store });
}

async function putFile({ request, url, params, context }: RoutedRequest<Shelf>): Promise<Response> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const card: unknown = JSON.parse(decodeURIComponent(request.headers.get('x-card') ?? ''));
  const { searchParams } = url;
  const target = { path: params.path ?? '', card, ifExists: searchParams.get('ifExists'), replaces: searchParams.get('replaces') };
  const { file, status } = keep(bytes, { target, store: context });
  return describe(file, status);
}

async function beginSession({ request, url, context }: RoutedRequest<Shelf>): Promise<Response> {
  const { url: fileUrl, ...target } = (await request.json()) as { url: string } & Omit<Target, 'path'>;
  const path = decodeURIComponent(new URL(fileUrl).pathname.slice('/shelves/contracts/'.length));
  const id = randomUUID();
  context.sessions.set(id, { target: { ...target, path }, bytes: Buffer.alloc(0) });
  return Response.json({ session: new URL(`/sessions/${id}`, url) }, { status: 201 });
}

async function putPiece({ request, params, context }: RoutedRequest<Shelf>): Promise<Response> {
  const session = context.sessions.get(params.id ?? '');
  if (session === undefined) return Response.json({ code: 'no_session' }, { status: 404 });
  const [, start, total] = /^bytes (\*|\d+)[-\d]*\/(\d+)$/.exec(request.headers.get('content-range') ?? '') ?? [];
  const piece = await request.arrayBuffer();
  if (Number(start) === session.bytes.byteLength) session.bytes = Buffer.concat([session.bytes, new Uint8Array(piece)]);
  if (session.bytes.byteLength < Number(total)) {
    return new Response(null, { status: 308, headers: { 'x-received': String(session.bytes.byteLength) } });
  }
  session.end ??= keep(new Uint8Array(session.bytes), { target: session.target, store: context });
  return describe(session.end.file, session.end.status);
}

interface KeepOptions {
  readonly target: Target;
  readonly store: Shelf;
}

/** Makes the file, replaces one, or answers with the one that stands in the way. */
function keep(bytes: Uint8Array<ArrayBuffer>, { target, store }: KeepOptions): { readonly file: ShelfFile; readonly status: number } {
  const { path, card, ifExists, replaces } = target;
  const there = atPath(store, path);
  const replaced = ifExists === 'replace' ? (store.files.get(replaces ?? '') ?? there) : undefined;
  if (there !== undefined && there !== replaced) return { file: there, status: 409 };
  const file = Object.assign(replaced ?? { id: randomUUID(), path }, { card, bytes });
  store.files.set(file.id, file);
  return { file, status: 201 };
}

async function putCard({ request, params, context }: RoutedRequest<Shelf>): Promise<Response> {
  const file = context.files.get(params.id ?? '');
  if (file !== undefined) file.card = await request.json();
  return describe(file);
}

function readFile({ request, params, context }: RoutedRequest<Shelf>): Response {
  const file = context.files.get(params.id ?? '');
  if (file === undefined) return describe(file);
  const range = /^bytes=(\d+)-$/.exec(request.headers.get('range') ?? '');
  if (range === null) return new Response(file.bytes);
  return new Response(file.bytes.subarray(Number(range[1])), { status: 206 });
}

function atPath({ files }: Shelf, path: string | undefined): ShelfFile | undefined {
  return [...files.values()].find((file) => file.path === path);
}

function describe(file: ShelfFile | undefined, status = 200): Response {
  if (file === undefined) return Response.json({ code: 'no_file' }, { status: 404 });
  const { id, card, bytes } = file;
  return Response.json({ id, card, size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') }, { status });
}
