/** The only thing that waits by itself. Time is asked of the clock; this one only calls back. */
export interface Timer {
  /**
   * Calls `work` once, when so much time has passed, whatever the clock says meanwhile; never before this returns.
   *
   * @param milliseconds 0 to 2,147,483,647
   * @returns calls it off; without effect when it was called already
   */
  after(milliseconds: number, work: () => void): () => void
}
