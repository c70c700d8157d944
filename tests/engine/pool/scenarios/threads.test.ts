import { THREADS } from '../support/pools';
import { holdScenarios } from './hold';

holdScenarios(THREADS);
