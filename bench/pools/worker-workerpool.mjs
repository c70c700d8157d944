import workerpool from 'workerpool';
import { run } from './tasks.mjs';

workerpool.worker({ run });
