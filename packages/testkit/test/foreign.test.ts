import { foreign, foreignTest } from '@certwright/testkit/foreign'
import { describe, expect, test } from 'vitest'

const openssl = foreign('openssl', { debianPackage: 'openssl' })

describe('foreign', () => {
  foreignTest([openssl], 'runs a program with input and gives its output', async () => {
    const { code, text, stdout } = await openssl.run(['dgst', '-sha256', '-r'], { input: 'abc' })
    expect(code).toBe(0)
    // The test vector of FIPS 180-4.
    expect(text).toMatch(/^ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad/)
    expect(stdout.constructor).toBe(Uint8Array)
  })
  foreignTest([openssl], 'a program that fails says why', async () => {
    const args = ['x509', '-in', '/dev/null', '-noout']
    await expect(openssl.run(args)).rejects.toThrow(/ended with code 1/)
    expect((await openssl.run(args, { anyExit: true })).stderr).not.toBe('')
  })
  test('a program that takes too long is ended', async () => {
    const sleep = foreign('sleep', { debianPackage: 'coreutils' })
    await expect(sleep.run(['600'], { timeout: 50 })).rejects.toThrow(/SIGKILL/)
  })
  test('a program that reads no input does no harm', async () => {
    const truth = foreign('true', { debianPackage: 'coreutils' })
    expect((await truth.run([], { input: new Uint8Array(1_000_000) })).code).toBe(0)
  })
  test('a program that is not there says how to get it', async () => {
    const missing = foreign('certwright-no-such-program', { debianPackage: 'no-such-package' })
    expect(missing.path).toBeUndefined()
    expect(missing.remedy).toContain('apt-get install no-such-package')
    await expect(missing.run([])).rejects.toThrow(missing.remedy)
  })
})
