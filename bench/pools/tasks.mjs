import tasks from './tasks.cjs';

export const { run } = tasks;
