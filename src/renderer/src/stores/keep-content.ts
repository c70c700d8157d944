import type { ExportResult } from '../../../contract';

/** Hands a rendered report to the browser as a download. */
export function keepContent(content: Extract<ExportResult, { state: 'content' }>): void {
  const bytes =
    content.encoding === 'text' ? content.text : Uint8Array.from(atob(content.text), (byte) => byte.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: content.mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = content.fileName;
  link.click();
  // The download has begun by then; the memory is given back.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 10_000);
}
