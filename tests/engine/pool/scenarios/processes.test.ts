import { PROCESSES } from '../support/pools';
import { holdScenarios } from './hold';

holdScenarios(PROCESSES);
