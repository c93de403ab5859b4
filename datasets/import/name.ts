/** A dataset's name from that of a file or folder: letters, digits, dot, dash, underscore. */
export function nameFrom(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]+/g, '-').replace(/^[^a-z0-9]+|-+$/gi, '');
  return plain === '' ? 'dataset' : plain;
}
