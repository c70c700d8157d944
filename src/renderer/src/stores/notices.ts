import { defineStore } from 'pinia';
import { ref } from 'vue';
import { errorInfo } from '../../../contract';

/** One quiet line that stays until it is dismissed (information leaves by itself). */
export interface Notice {
  id: number;
  kind: 'error' | 'warning' | 'information';
  text: string;
  /** How often the same line came. */
  times: number;
}

const MOST = 3;
const INFORMATION_MS = 8000;

/** What went wrong or was done, in sentences. */
export const useNotices = defineStore('notices', () => {
  const notices = ref<Notice[]>([]);
  let nextId = 1;

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }
  function show(kind: Notice['kind'], text: string): void {
    const same = notices.value.find((notice) => notice.kind === kind && notice.text === text);
    if (same) {
      same.times++;
      return;
    }
    const id = nextId++;
    notices.value = [...notices.value, { id, kind, text, times: 1 }].slice(-MOST);
    if (kind === 'information') setTimeout(() => { dismiss(id); }, INFORMATION_MS);
  }
  function fail(error: unknown): void {
    const { code, message } = errorInfo(error);
    // A lost connection has its own place on the screen.
    if (code !== 'disconnected') show('error', message);
  }
  return { notices, show, fail, dismiss };
});
