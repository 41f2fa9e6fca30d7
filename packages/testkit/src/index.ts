/**
 * Help for tests of products that embed Certwright and of adapters to it. The contract suites are in
 * `@certwright/testkit/contracts`.
 *
 * @module
 */
export { type FixedClock, fixedClock } from './fixed-clock.js'
export { seededRandom } from './seeded-random.js'
