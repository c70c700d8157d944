import { LIMITS } from '../../../contract';
import { MARK_BYTES, Mark } from '../mark';

/** One nameless file that a host shares with its parent, with a place in it for each of its threads. */
export interface Places {
  /** The descriptor that the host is to inherit. */
  readonly fd: number;
  /** A free place, and the mark in it. */
  take(): { place: number; mark: Mark };
  giveBack(place: number): void;
  close(): void;
}

/** Null where there is no place to write. */
export function createPlaces(): Places | null {
  // As many again for those that are ending.
  const made = Mark.create(2 * LIMITS.workers.max);
  if (made === null) return null;
  const { mark: file, fd } = made;
  const free: number[] = [];
  let count = 0;
  return {
    fd,
    take() {
      const place = free.pop() ?? count++;
      const mark = new Mark(fd, place * MARK_BYTES);
      // What the thread before left here is not this one's.
      mark.reset();
      return { place, mark };
    },
    giveBack(place) {
      free.push(place);
    },
    close() {
      file.close();
    },
  };
}
