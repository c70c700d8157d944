export interface TestResult {
  file: string;
  title: string;
  status: string;
  message: string;
  host: string | null;
}
export interface FileReport {
  name: string;
  status: string;
  message?: string;
  assertionResults: {
    fullName: string;
    status: string;
    failureMessages?: string[] | null;
    meta?: { host?: string | null };
  }[];
}
export function testsOf(report: { testResults: FileReport[] }): TestResult[];
export function isFailed(test: { status: string }): boolean;
export function countsOf(tests: TestResult[]): { passed: number; failed: number; skipped: number };
export function namesOf(tests: TestResult[], root: string): string[];
