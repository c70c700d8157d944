/** Takes the windows of one installation of the stand-in's program: the arguments of each. */
export type TakeWindows = () => string[];

const sources = new Set<TakeWindows>();
const left: string[] = [];

/** Has an installation's windows asked for at the end of each test. Answers how to end that; what is there by then is kept. */
export function watchWindows(take: TakeWindows): () => void {
  sources.add(take);
  return () => {
    if (sources.delete(take)) left.push(...take());
  };
}

/** Every window that no test has taken: each is a process that was to run as Node. */
export function takeAllWindows(): string[] {
  return [...left.splice(0), ...[...sources].flatMap((take) => take())];
}
