import { onBeforeUnmount, onMounted, ref } from 'vue';
import { viewActions } from './view-actions';

/** What the keyboard does where no control takes the key for itself. */
export const KEYS: readonly { keys: string; does: string }[] = [
  { keys: 'Space', does: 'start or stop what the open view runs' },
  { keys: 'Left, Right', does: 'Live: one thread fewer or more' },
  { keys: 'Shift Left, Right', does: 'Live: one process fewer or more' },
  { keys: 'E', does: 'export the report that is shown' },
  { keys: '?', does: 'show or hide these keys' },
  { keys: 'Esc', does: 'close what is open' },
];

/** Whether the list of keys is open, and whether the export menu is. */
export const keysOpen = ref(false);
export const exportOpen = ref(false);

/** What a focused control does with a key by itself. */
function takes(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const control = target.closest('input, button, select, textarea, a[href], summary, [role="menuitem"]');
  if (!control) return false;
  if (!(control instanceof HTMLInputElement)) return key === ' ' || !(control instanceof HTMLButtonElement);
  if (control.type === 'range') return key.startsWith('Arrow');
  if (control.type === 'radio') return key.startsWith('Arrow') || (key === ' ' && !control.checked);
  return true;
}

function act(event: KeyboardEvent): boolean {
  const actions = viewActions.value;
  switch (event.key) {
    case ' ':
      actions?.startOrStop();
      return actions !== null;
    case 'ArrowLeft':
    case 'ArrowRight':
      actions?.nudge?.(event.shiftKey ? 'processes' : 'threads', event.key === 'ArrowRight' ? 1 : -1);
      return actions?.nudge !== undefined;
    case 'e':
    case 'E':
      exportOpen.value = actions?.exportable() ?? false;
      return actions !== null;
    case '?':
      keysOpen.value = !keysOpen.value;
      return true;
    default:
      return false;
  }
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.repeat && event.key === ' ') return;
  if (document.querySelector('dialog[open]') && event.key !== '?') return;
  if (takes(event.target, event.key)) return;
  if (act(event)) event.preventDefault();
}

/** Listens while the calling component lives. */
export function useKeys(): void {
  onMounted(() => { document.addEventListener('keydown', onKey); });
  onBeforeUnmount(() => { document.removeEventListener('keydown', onKey); });
}
