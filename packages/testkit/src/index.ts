/**
 * Help for tests of products that embed Certwright and of adapters to it. The contract suites are in
 * `@certwright/testkit/contracts`, programs of others in `@certwright/testkit/foreign`; those two need `vitest`.
 *
 * @module
 */
export {
  type LoggedSubmission,
  startTestLog,
  type TestLog,
  type TestLogFault,
  type TestLogOptions,
} from './ct/test-log.js'
export type { SubmissionAnswer } from './ct/timestamp.js'
export { type FixedClock, fixedClock } from './fixed-clock.js'
export { type StartPostgresOptions, startPostgres, type TestPostgres } from './postgres/start-postgres.js'
export { type Killed, runUntilKilled } from './processes/run-until-killed.js'
export { seededRandom } from './seeded-random.js'
export { type TestTimer, testTimer } from './test-timer.js'
