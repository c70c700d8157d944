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
  /** What can be done about it, once. */
  action?: { title: string; run(): void } | undefined;
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
  function show(kind: Notice['kind'], text: string, action?: Notice['action']): void {
    const same = notices.value.find((notice) => notice.kind === kind && notice.text === text);
    if (same && !action) {
      same.times++;
      return;
    }
    const id = nextId++;
    notices.value = [...notices.value, { id, kind, text, times: 1, action }].slice(-MOST);
    if (kind === 'information')
      setTimeout(() => {
        dismiss(id);
      }, INFORMATION_MS);
  }
  function fail(error: unknown): void {
    const { code, message } = errorInfo(error);
    // A lost connection has its own place on the screen.
    if (code !== 'disconnected') show('error', message);
  }
  return { notices, show, fail, dismiss };
});
