import { executorFacts, executorsIn, isSingle, languageFacts, type ExecutorKey } from '../../../contract';
import { onBeforeUnmount, onMounted } from 'vue';
import { exportOpen, viewActions } from '../ui/view-actions';
import { keysOpen, settingsOpen } from './dialogs';

/** What the keyboard does where no control takes the key for itself. */
export const KEYS: readonly { keys: string; does: string }[] = [
  { keys: 'Space', does: 'start or stop what the open view runs' },
  { keys: 'Left, Right', does: 'Live: one thread fewer or more' },
  { keys: 'Shift Left, Right', does: 'Live: one process fewer or more' },
  { keys: '1, 2, 3 …', does: 'open a view, in the order of the tabs' },
  { keys: 'E', does: 'export the report that is shown' },
  { keys: ',', does: 'open the settings' },
  { keys: '?', does: 'show or hide these shortcuts' },
  { keys: 'Esc', does: 'close the open menu or dialog' },
];

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

/** Node's executor whose workers are of a kind. */
function nudged(each: 'thread' | 'process'): ExecutorKey {
  const found = executorsIn('node').find((name) => !isSingle(name) && executorFacts(name).each === each);
  return found ?? languageFacts('node').startedBy;
}

function act(event: KeyboardEvent, open: (place: number) => boolean): boolean {
  const actions = viewActions.value;
  if (/^[1-9]$/.test(event.key)) return open(Number(event.key) - 1);
  switch (event.key) {
    case ' ':
      actions?.startOrStop?.();
      return actions?.startOrStop !== undefined;
    case 'ArrowLeft':
    case 'ArrowRight':
      actions?.nudge?.(nudged(event.shiftKey ? 'process' : 'thread'), event.key === 'ArrowRight' ? 1 : -1);
      return actions?.nudge !== undefined;
    case 'e':
    case 'E':
      exportOpen.value = actions?.exportable() ?? false;
      return actions !== null;
    case ',':
      settingsOpen.value = true;
      return true;
    case '?':
      keysOpen.value = !keysOpen.value;
      return true;
    default:
      return false;
  }
}

function onKey(event: KeyboardEvent, open: (place: number) => boolean): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.repeat && event.key === ' ') return;
  if (document.querySelector('dialog[open]') && event.key !== '?') return;
  if (takes(event.target, event.key)) return;
  if (act(event, open)) event.preventDefault();
}

/** Listens while the calling component lives; `open` opens the view at a place among the tabs, and says whether there is one. */
export function useKeys(open: (place: number) => boolean): void {
  const listen = (event: KeyboardEvent): void => {
    onKey(event, open);
  };
  onMounted(() => {
    document.addEventListener('keydown', listen);
  });
  onBeforeUnmount(() => {
    document.removeEventListener('keydown', listen);
  });
}
