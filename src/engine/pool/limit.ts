const LIMITS = ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ERR_WORKER_INIT_FAILED'];

/** Whether the system refused something for want of room: processes, threads, handles, memory. */
export function isLimit(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return LIMITS.some((limit) => limit === code);
}
