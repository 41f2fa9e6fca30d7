/**
 * Whether the crash tests run in their full length: `CERTWRIGHT_LONG_TESTS=1`. Otherwise they are as long as fits into
 * the tests that everybody runs.
 */
export const longRun = process.env['CERTWRIGHT_LONG_TESTS'] === '1'
