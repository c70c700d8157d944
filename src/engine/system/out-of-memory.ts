/** Whether these are V8's last words of a process that has no memory left, or was asked for more at once than there can be. */
export function outOfMemory(text: string): boolean {
  return /heap out of memory|FATAL ERROR: invalid (array|table) (length|size)|Fatal (process|JavaScript) (out of memory|invalid size error)/i.test(
    text,
  );
}
