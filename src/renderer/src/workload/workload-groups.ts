import type { WorkloadInfo, WorkloadKind } from '../../../contract';

export interface WorkloadGroup {
  kind: WorkloadKind;
  title: string;
  workloads: WorkloadInfo[];
}

const KINDS: readonly { kind: WorkloadKind; title: string }[] = [
  { kind: 'cpu', title: 'CPU' },
  { kind: 'io', title: 'I/O' },
  { kind: 'mixed', title: 'Mixed' },
  { kind: 'custom', title: 'Your module' },
];

/** The workloads by kind, in the order in which they come; a kind that has none is left out. */
export function workloadGroups(workloads: readonly WorkloadInfo[]): WorkloadGroup[] {
  return KINDS.map(({ kind, title }) => ({
    kind,
    title,
    workloads: workloads.filter((one) => one.kind === kind),
  })).filter((group) => group.workloads.length > 0);
}

/** A workload's tag without the kind, which stands above its group: `crypto` of `CPU · crypto`. */
export function shortTag(workload: WorkloadInfo): string {
  const parts = workload.tag.split(' · ');
  return parts.length > 1 ? parts.slice(1).join(' · ') : workload.tag;
}
