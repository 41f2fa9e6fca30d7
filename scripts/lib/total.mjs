/**
 * The line that ends a run, alone on its line: `12 passed, 0 failed`, and `, 3 skipped` where some were.
 * @param {{ passed: number, failed: number, skipped: number }} counts
 * @returns {string}
 */
export function total({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
