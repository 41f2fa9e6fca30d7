/** The only source of time. Nothing else in the packages reads a clock. */
export interface Clock {
  /** The present moment; a fresh `Date` at each call. */
  now(): Date
}
