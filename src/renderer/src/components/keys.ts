import { onBeforeUnmount, onMounted, ref } from 'vue';
import { useEngine } from '../stores/engine-state';
import { useRun } from '../stores/run';

/** What the keyboard does where no control takes the key for itself. */
export const KEYS: readonly { keys: string; does: string }[] = [
  { keys: 'Space', does: 'start or stop the run' },
  { keys: 'Left, Right', does: 'one thread fewer or more' },
  { keys: 'Shift Left, Right', does: 'one process fewer or more' },
  { keys: 'E', does: 'export the report of the run that ended' },
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
  const run = useRun();
  const engine = useEngine();
  switch (event.key) {
    case ' ':
      void (run.active ? run.stop() : run.start(engine.selected?.prints ?? false));
      return true;
    case 'ArrowLeft':
    case 'ArrowRight':
      run.nudge(event.shiftKey ? 'processes' : 'threads', event.key === 'ArrowRight' ? 1 : -1, engine.facts?.sliders.max ?? 0);
      return true;
    case 'e':
    case 'E':
      exportOpen.value = run.run?.phase === 'ended' && run.run.reportId !== null;
      return true;
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
