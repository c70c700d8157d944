export interface FaultRow {
  area: string;
  fault: string;
  promise: string;
  notHere: string | null;
  held: boolean;
}
interface VitestReport {
  testResults: { assertionResults: { ancestorTitles: string[]; title: string; status: string }[] }[];
}
export function rowsOf(report: VitestReport): FaultRow[];
export function promisedRows(
  faults: readonly { area: string; fault: string; promise: string; notHere?: string | null }[],
): FaultRow[];
export function terminalTable(rows: FaultRow[]): string;
export function markdownTable(rows: FaultRow[]): string;
export function withTable(document: string, rows: FaultRow[]): string;
