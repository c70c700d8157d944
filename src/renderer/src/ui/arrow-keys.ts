const ARROWS: Readonly<Record<string, { x: -1 | 0 | 1; y: -1 | 0 | 1 }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Where an arrow key without modifiers points; null for another key. Nothing else acts on the key then. */
export function arrowOf(event: KeyboardEvent): { x: -1 | 0 | 1; y: -1 | 0 | 1 } | null {
  const by = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey ? null : (ARROWS[event.key] ?? null);
  if (by) event.preventDefault();
  return by;
}
