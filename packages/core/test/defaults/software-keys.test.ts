import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EncryptedPrivateKeyInfo, Pbes2Parameters, ScryptParameters } from '@certwright/core/cms'
import { nodeCrypto, softwareKeys } from '@certwright/core/defaults'
import type { KeyType } from '@certwright/core/ports'
import { decodePem, encodePem } from '@certwright/core/x509'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const passphrase = 'correct horse battery staple'
const data = new TextEncoder().encode('to be signed')
let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'certwright-keys-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const keyFile = (): string => {
  const [name] = readdirSync(dir)
  if (name === undefined) throw new Error('there is no key file')
  return join(dir, name)
}

describe('softwareKeys', () => {
  it.each(['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa-2048', 'rsa-4096', 'ed25519', 'ed448'] satisfies KeyType[])(
    'makes, finds again and signs with %s',
    async (type) => {
      const made = await softwareKeys({ dir, passphrase }).generate('demo~root~1', type)
      const opened = await softwareKeys({ dir, passphrase }).open('demo~root~1')
      expect(opened?.publicKey).toEqual(made.publicKey)
      expect(opened?.algorithm).toBe(made.algorithm)
      const signature = (await opened?.sign(data)) ?? new Uint8Array()
      expect(nodeCrypto.verify(made.algorithm, made.publicKey, data, signature)).toBe(true)
      expect(nodeCrypto.verify(made.algorithm, made.publicKey, Uint8Array.of(1), signature)).toBe(false)
    },
  )

  it('writes an encrypted file with mode 0600 that openssl opens, and only with the passphrase', async () => {
    await softwareKeys({ dir, passphrase }).generate('k', 'ecdsa-p256')
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600)
    expect(readFileSync(keyFile(), 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/)
    const open = (secret: string): string =>
      execFileSync('openssl', ['pkey', '-in', keyFile(), '-passin', `pass:${secret}`, '-noout', '-text'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    expect(open(passphrase)).toContain('prime256v1')
    expect(() => open('wrong passphrase')).toThrow()
  })

  it('refuses a wrong passphrase every time', async () => {
    await softwareKeys({ dir, passphrase }).generate('k', 'ecdsa-p256')
    for (const attempt of ['wrong passphrase 1', 'wrong passphrase 2', `${passphrase} `]) {
      await expect(softwareKeys({ dir, passphrase: attempt }).open('k')).rejects.toMatchObject({ code: 'key' })
    }
  })

  it('refuses a short passphrase', () => {
    expect(() => softwareKeys({ dir, passphrase: 'short' })).toThrow(/at least 8 characters/)
  })

  it('never overwrites a key', async () => {
    const keys = softwareKeys({ dir, passphrase })
    const first = await keys.generate('k', 'ecdsa-p256')
    await expect(keys.generate('k', 'ecdsa-p256')).rejects.toMatchObject({ code: 'conflict' })
    expect((await keys.open('k'))?.publicKey).toEqual(first.publicKey)
    expect(readdirSync(dir)).toHaveLength(1)
  })

  it('of ten that make the same key, lets one win', async () => {
    const keys = softwareKeys({ dir, passphrase })
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => keys.generate('k', 'ecdsa-p256')))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('lists and removes, and keeps ids inside its folder', async () => {
    const keys = softwareKeys({ dir: join(dir, 'inner'), passphrase })
    expect(await keys.list()).toEqual([])
    for (const id of ['../escape', 'a/b', '.hidden', 'demo~issuing~1', 'ünï*']) await keys.generate(id, 'ecdsa-p256')
    expect([...(await keys.list())].sort()).toEqual(['../escape', '.hidden', 'a/b', 'demo~issuing~1', 'ünï*'].sort())
    expect(readdirSync(dir)).toEqual(['inner'])
    expect(await keys.remove('a/b')).toBe(true)
    expect(await keys.remove('a/b')).toBe(false)
    expect(await keys.open('a/b')).toBeUndefined()
  })

  it('refuses a file that asks for absurd work before it does any', async () => {
    await softwareKeys({ dir, passphrase }).generate('k', 'ecdsa-p256')
    const [block] = decodePem(readFileSync(keyFile(), 'utf8'))
    const info = EncryptedPrivateKeyInfo.decode(block?.bytes ?? new Uint8Array())
    const pbes2 = Pbes2Parameters.decode(info.encryptionAlgorithm.parameters ?? new Uint8Array())
    const kdf = ScryptParameters.decode(pbes2.keyDerivationFunc.parameters ?? new Uint8Array())
    for (const absurd of [
      { costParameter: 1n << 40n },
      { blockSize: 1n << 20n },
      { parallelizationParameter: 1n << 20n },
    ]) {
      const parameters = ScryptParameters.encode({ ...kdf, ...absurd })
      const encryptionAlgorithm = {
        ...info.encryptionAlgorithm,
        parameters: Pbes2Parameters.encode({ ...pbes2, keyDerivationFunc: { ...pbes2.keyDerivationFunc, parameters } }),
      }
      const forged = EncryptedPrivateKeyInfo.encode({ ...info, encryptionAlgorithm })
      writeFileSync(keyFile(), encodePem('ENCRYPTED PRIVATE KEY', forged))
      await expect(softwareKeys({ dir, passphrase }).open('k')).rejects.toThrow(/more work/)
    }
  })

  it.each([
    ['empty', ''],
    ['no PEM', 'hello'],
    ['another label', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'],
    ['no structure', '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n'],
  ])('answers a damaged file with a typed error: %s', async (_what, text) => {
    await softwareKeys({ dir, passphrase }).generate('k', 'ecdsa-p256')
    chmodSync(keyFile(), 0o600)
    writeFileSync(keyFile(), text)
    await expect(softwareKeys({ dir, passphrase }).open('k')).rejects.toMatchObject({
      name: expect.stringMatching(/Error$/),
    })
  })
})
