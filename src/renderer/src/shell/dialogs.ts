import { ref } from 'vue';

/** Whether the list of keys is open. */
export const keysOpen = ref(false);

/** Whether the settings of the app are open. */
export const settingsOpen = ref(false);
