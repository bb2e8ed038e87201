/**
 * Writes a text in the one form in which texts are compared, in any script: upper and lower case, wide and narrow forms are the same.
 *
 * Done here because SQLite knows case in ASCII only. Through upper case, so that `ß` meets `SS`; a final sigma is a sigma, and the dot that
 * lowering leaves beside a Turkish `i` is dropped.
 */
export function foldText(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').replaceAll('i\u0307', 'i');
}
