import { type TestContext, test } from 'vitest'
import type { ForeignProgram } from './foreign.js'

/**
 * A test that needs programs of others. Where one is missing the test is reported as skipped, and its name says which
 * package to install; with the environment variable `REQUIRE_PEERS=1` it fails instead.
 *
 * @example
 * ```ts
 * import { foreign, foreignTest } from '@certwright/testkit/foreign'
 *
 * const openssl = foreign('openssl', { debianPackage: 'openssl' })
 * foreignTest([openssl], 'openssl tells its version', async () => {
 *   const { text } = await openssl.run(['version'])
 *   console.log(text)
 * })
 * ```
 */
export function foreignTest(
  programs: readonly ForeignProgram[],
  name: string,
  body: (context: TestContext) => Promise<void> | void,
): void {
  const missing = programs.filter(({ path }) => path === undefined).map(({ remedy }) => remedy)
  optionalTest(missing, name, body)
}

/**
 * The same for whatever else a machine may lack.
 *
 * @param missing what is missing and how to get it, one line each; the test runs when there is none
 */
export function optionalTest(
  missing: readonly string[],
  name: string,
  body: (context: TestContext) => Promise<void> | void,
): void {
  if (missing.length === 0) {
    test(name, body)
    return
  }
  const reason = missing.join('; ')
  test(`${name} [${reason}]`, (context) => {
    if (process.env['REQUIRE_PEERS'] === '1') throw new Error(reason)
    // Reporters that only count skipped tests would not show the reason.
    console.warn(`skipped: ${reason}`)
    context.skip(reason)
  })
}
