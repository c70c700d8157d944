/**
 * The fields of `/proc/<pid>/stat` from the third on, the state: the first is the pid, and the second, the name in brackets, may
 * hold anything (proc_pid_stat(5)).
 */
export function statFields(text: string): string[] {
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}
