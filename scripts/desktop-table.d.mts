import type { TestResult } from './test-results.mjs';

export interface DesktopRow {
  spec: string;
  host: string | null;
  passed: number;
  failed: number;
  skipped: number;
}
export function desktopRows(tests: TestResult[]): DesktopRow[];
export function desktopTable(rows: DesktopRow[]): string;
export function held(rows: DesktopRow[], host: string): boolean;
