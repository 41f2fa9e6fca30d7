/**
 * Programs of others as peers of tests. Needs `vitest`.
 *
 * @module
 */
export { type ForeignProgram, type ForeignResult, type ForeignRunOptions, foreign } from './foreign.js'
export { foreignTest, optionalTest } from './foreign-test.js'
