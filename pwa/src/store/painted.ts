/** Ends when what has been drawn by now is on the screen, or soon where nothing is painted. */

const HIDDEN_MILLIS = 200;

export function painted(): Promise<void> {
  return new Promise((done) => {
    // A page that is hidden gets no frames.
    setTimeout(done, HIDDEN_MILLIS);
    if (typeof requestAnimationFrame === 'undefined') setTimeout(done, 0);
    else requestAnimationFrame(() => setTimeout(done, 0));
  });
}
