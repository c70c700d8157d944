export { run as default } from './tasks.mjs';
