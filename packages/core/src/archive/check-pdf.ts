import { IntegrityError } from '../errors/integrity-error.ts';
import { SpotDraftError } from '../errors/spotdraft-error.ts';
import type { SpooledDocument } from './spool/spooled-document.ts';

// Readers look for the header in the first and for the end mark in the last 1024 bytes: ISO 32000-1, implementation notes 13 and 18.
// https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/pdfreference1.7old.pdf
const searchedBytes = 1024;
const paddingWindowBytes = 64 * 1024;
const padding = new Set('\0\t\n\f\r ');

/**
 * Makes sure that the bytes are a PDF from its first line to its end mark. The content type is not asked: SpotDraft labels PDFs as JSON.
 *
 * Throws `spotdraft.document_not_ready` for anything that is not a PDF, an empty body and an HTML page among them, and
 * `integrity.download_incomplete` for one without its end.
 */
export async function checkPdf(document: SpooledDocument): Promise<void> {
  const head = await readText(document, 0);
  if (!head.includes('%PDF-')) {
    throw new SpotDraftError(`SpotDraft sent ${describe(head)} instead of a PDF.`, {
      code: 'spotdraft.document_not_ready',
      recovery: 'retry',
      hint: 'The signed PDF can be late by some minutes. If this stays, download the contract in SpotDraft and look at it.',
      details: { size: document.size },
    });
  }
  const tail = await readText(document, Math.max(0, (await endOfContent(document)) - searchedBytes));
  if (!tail.includes('%%EOF')) {
    throw new IntegrityError('The PDF ends before its end mark.', {
      code: 'integrity.download_incomplete',
      recovery: 'retry',
      hint: 'The download was cut short. If this stays, the file in SpotDraft is damaged: download it there and look at it.',
      details: { size: document.size },
    });
  }
}

/** Where the content ends and padding begins: some signing services fill the file up with zeros or line ends. */
async function endOfContent(document: SpooledDocument): Promise<number> {
  for (let end = document.size; end > 0; ) {
    const start = Math.max(0, end - paddingWindowBytes);
    const text = await readText(document, start, end - start);
    let length = text.length;
    while (length > 0 && padding.has(text.charAt(length - 1))) length -= 1;
    if (length > 0) return start + length;
    end = start;
  }
  return 0;
}

async function readText(document: SpooledDocument, offset: number, bytes = searchedBytes * 2): Promise<string> {
  let text = '';
  for await (const chunk of document.open(offset)) {
    text += Buffer.from(chunk.subarray(0, bytes - text.length)).toString('latin1');
    if (text.length >= bytes) break;
  }
  return text;
}

function describe(head: string): string {
  if (head.length === 0) return 'an empty body';
  if (/^\s*<(!doctype|html)/i.test(head)) return 'an HTML page';
  if (/^\s*[{[]/.test(head)) return 'JSON';
  return 'something else';
}
