import { HOSTED_THREADS } from '../support/pools';
import { holdScenarios } from './hold';

holdScenarios(HOSTED_THREADS);
