import { type ByteStream, StoredBytes } from '../../emulator/index.ts';
import { GraphRefusal, nameTaken } from '../graph-refusal.ts';
import type { EmulatedDrive, NewFile, Place } from '../state/emulated-drive.ts';
import { checkIfMatch } from '../state/emulated-drive.ts';
import type { FileContent, GraphItem } from '../state/graph-item.ts';
import { quickXorOf } from '../state/quick-xor.ts';
import type { ConflictBehavior } from '../state/upload-sessions.ts';
import type { GraphContext } from './graph-context.ts';

const altered = /\.(pdf|docx?|xlsx?|pptx?|html?)$/i;
const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  json: 'application/json',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  txt: 'text/plain',
};

export async function receiveBytes(body: ReadableStream | null): Promise<StoredBytes> {
  const bytes = new StoredBytes();
  try {
    if (body !== null) await bytes.append(body as ByteStream);
    return bytes;
  } catch (error) {
    await bytes.remove();
    throw error;
  }
}

/** Graph guesses the media type by the name and pays no attention to what the request says. */
export async function contentOf(bytes: StoredBytes, name: string): Promise<FileContent> {
  const mediaType = mediaTypes[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  return { bytes, quickXorHash: await quickXorOf(bytes.open()), mediaType };
}

/** What SharePoint makes of a file: it writes properties of the library into it. */
export async function enrich(item: GraphItem, drive: EmulatedDrive): Promise<void> {
  if (item.content === undefined || drive.driveType !== 'documentLibrary' || !altered.test(item.name)) return;
  const bytes = await receiveBytes(item.content.bytes.open());
  await bytes.append(new TextEncoder().encode(`\n%library ${item.version}\n`));
  const content = await contentOf(bytes, item.name);
  drive.replaceContent(item, content);
}

export interface Commit extends NewFile {
  readonly conflictBehavior: ConflictBehavior;
  readonly request: Request;
  /** The session that ends with this commit, and so does not stand in its own way. */
  readonly isOwnSession?: boolean | undefined;
}

export interface Committed {
  readonly item: GraphItem;
  readonly isNew: boolean;
}

/** Makes a file of the bytes, or a new version of the one that lies there. */
export async function commitContent(
  bytes: StoredBytes,
  drive: EmulatedDrive,
  { commit, context }: { readonly commit: Commit; readonly context: GraphContext },
): Promise<Committed> {
  const { parent, name, createdBy, conflictBehavior, request, isOwnSession = false } = commit;
  if (drive.usedBytes + bytes.size > context.behaviour.quotaBytes) throw new GraphRefusal(507, 'quotaLimitReached');
  const content = await contentOf(bytes, name);
  // From here to the end nothing waits: two requests cannot both find the name free.
  const existing = drive.child(parent, name);
  checkIfMatch(existing, request);
  if (!isOwnSession && context.state.sessions.reserves(drive, { parent, name })) throw nameTaken();
  if (existing !== undefined && conflictBehavior === 'fail') throw nameTaken();
  if (existing !== undefined && conflictBehavior === 'replace') {
    drive.replaceContent(existing, content);
    return finished({ item: existing, isNew: false }, drive, context);
  }
  const item = drive.createFile({ parent, name: existing === undefined ? name : freeName(drive, { parent, name }), createdBy }, content);
  return finished({ item, isNew: true }, drive, context);
}

async function finished(committed: Committed, drive: EmulatedDrive, { behaviour }: GraphContext): Promise<Committed> {
  if (behaviour.enrichment === 'before-answer') await enrich(committed.item, drive);
  return committed;
}

function freeName(drive: EmulatedDrive, { parent, name }: Place): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
  for (let count = 1; ; count += 1) {
    const candidate = `${stem} ${count}${ending}`;
    if (drive.child(parent, candidate) === undefined) return candidate;
  }
}
