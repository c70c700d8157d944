/** Time as the page sees it; injected so that tests decide when a frame comes. */
export interface Frames {
  /** Now on the page's monotonic clock, ms. */
  now(): number;
  /** Runs the callback once at the next animation frame. */
  request(callback: () => void): void;
}

export const pageFrames: Frames = {
  now: () => performance.now(),
  request: (callback) => void requestAnimationFrame(callback),
};
