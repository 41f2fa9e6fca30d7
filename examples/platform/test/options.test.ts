import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readOptions } from '../src/options.js'

const dir = mkdtempSync(join(tmpdir(), 'certwright-options-'))
afterAll(() => rmSync(dir, { recursive: true }))

const config = (value: unknown): string => {
  const path = join(dir, 'config.json')
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

describe('readOptions', () => {
  it('has defaults, with paths from where the operator is', async () => {
    expect(await readOptions([], dir)).toEqual({
      data: join(dir, 'pki-data'),
      host: 'localhost',
      http: 8080,
      https: 8443,
    })
  })

  it('takes the config file, and the command line over it', async () => {
    const path = config({ host: 'pki.example', https: 443, http: '80', data: 'kept', 'crl-dir': 'lists' })
    expect(await readOptions(['--config', path, '--https', '9443'], dir)).toEqual({
      data: join(dir, 'kept'),
      crlDir: join(dir, 'lists'),
      host: 'pki.example',
      http: 80,
      https: 9443,
    })
  })

  it.each([
    ['no JSON', '{', /cannot be read as JSON/],
    ['a list', [], /must hold a JSON object/],
    ['an unknown name', { port: 1 }, /unknown names: port/],
    ['a value that is neither text nor number', { host: null }, /must give "host" as text or a number/],
    ['a host with a slash', { host: 'a/b' }, /--host must be/],
    ['a negative port', { http: -1 }, /--http must be/],
    ['a folder for CRLs without a name', { 'crl-dir': '' }, /--crl-dir needs/],
    ['a fraction as port', { http: 80.5 }, /--http must be/],
  ])('refuses a config file with %s', async (_what, value, message) => {
    await expect(readOptions(['--config', config(value)], dir)).rejects.toThrow(message)
  })
})
