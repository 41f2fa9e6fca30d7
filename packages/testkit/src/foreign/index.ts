/**
 * Programs of others as peers of tests. Needs `vitest`.
 *
 * @module
 */
export {
  type ForeignProgram,
  type ForeignResult,
  type ForeignRunOptions,
  type ForeignSource,
  foreign,
} from './foreign.js'
export { foreignTest, optionalTest } from './foreign-test.js'
export {
  type ForeignFinding,
  type ForeignLevel,
  type PkilintCommand,
  pkilint,
  pkilintProgram,
  zlint,
  zlintProgram,
} from './linters.js'
