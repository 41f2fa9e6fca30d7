import { toHex } from '@certwright/core/asn1'
import { decodePkcs12, encodePkcs12, type Pkcs12Options } from '@certwright/core/cms'
import { systemDefaults } from '@certwright/core/defaults'
import { foreign, foreignTest } from '@certwright/testkit/foreign'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type Chain, openChain } from './support.js'

const certtool = foreign('certtool', { debianPackage: 'gnutls-bin' })
const keytool = foreign('keytool', { debianPackage: 'default-jre-headless' })
const password = 'a password'

let made: Chain
beforeAll(() => {
  made = openChain()
})
afterAll(() => made.work.remove())

const cwd = (): string => made.work.path('.')
const hex = (list: readonly Uint8Array[] = []): string[] => list.map(toHex)
const device = (index = 0) => made.devices[index] ?? { key: made.root, certificate: made.root }
const chainOf = (index = 0) => [device(index).certificate, made.issuing, made.root]

const forms: readonly (readonly [string, Pkcs12Options])[] = [
  ['modern', {}],
  ['legacy', { legacy: true }],
  ['AES-128, SHA-512', { encryption: { cipher: 'aes-128-cbc' }, mac: { hash: 'sha512', iterations: 1000 } }],
]

const ours = async (options: Pkcs12Options): Promise<void> => {
  const keys = [0, 1].map((index) => ({
    privateKey: device(index).key,
    certificates: chainOf(index),
    friendlyName: `device-${index}`,
  }))
  const certificates = [{ certificate: made.root, friendlyName: 'the root', trusted: true }]
  made.work.write('ours.p12', await encodePkcs12(systemDefaults, { keys, certificates }, password, options))
}

describe('certtool of GnuTLS', () => {
  for (const cipher of ['aes-128', 'aes-256', '3des', '3des-pkcs12']) {
    foreignTest([certtool], `writes what we read: ${cipher}`, async () => {
      const input = ['--load-privkey', 'device1.key', '--load-certificate', 'device1.pem', '--load-ca-certificate']
      const output = ['--outder', '--outfile', 'c.p12', '--p12-name', 'their name', '--pkcs-cipher', cipher]
      const args = ['--to-p12', ...input, 'chain.pem', ...output, '--password', password]
      await certtool.run(args, { cwd: cwd() })
      const { keys } = await decodePkcs12(systemDefaults, made.work.read('c.p12'), password)
      expect(hex(keys.map(({ privateKey }) => privateKey))).toEqual([toHex(device().key)])
      // Of the file of CA certificates it takes the first.
      expect(hex(keys[0]?.certificates)).toEqual(hex(chainOf().slice(0, 2)))
      expect(keys[0]?.friendlyName).toBe('their name')
    })
  }

  for (const form of ['--empty-password', '--null-password']) {
    foreignTest([certtool], `writes what we read: ${form}`, async () => {
      const input = ['--load-privkey', 'device1.key', '--load-certificate', 'device1.pem']
      const args = ['--to-p12', ...input, '--outder', '--outfile', 'e.p12', '--p12-name', 'x', form]
      await certtool.run(args, { cwd: cwd() })
      expect((await decodePkcs12(systemDefaults, made.work.read('e.p12'), '')).keys).toHaveLength(1)
    })
  }

  for (const [name, options] of forms) {
    foreignTest([certtool], `reads what we write: ${name}`, async () => {
      await ours(options)
      const args = ['--p12-info', '--inder', '--infile', 'ours.p12', '--password', password]
      const { text } = await certtool.run(args, { cwd: cwd() })
      expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(4)
      expect(text.match(/Type: PKCS #8 Encrypted key|BEGIN ENCRYPTED PRIVATE KEY/g)?.length).toBeGreaterThanOrEqual(2)
      expect(text).toContain('Friendly name: device-1')
    })
  }
})

describe('keytool of Java', () => {
  const store = (file: string) => ['-storetype', 'PKCS12', '-keystore', file, '-storepass', password]

  foreignTest([keytool], 'writes what we read: two keys, a trusted certificate and a secret key', async () => {
    const run = (...args: readonly string[]) => keytool.run([...args, ...store('j.p12')], { cwd: cwd() })
    await run('-genkeypair', '-alias', 'First', '-keyalg', 'EC', '-dname', 'CN=first')
    await run('-genkeypair', '-alias', 'second', '-keyalg', 'Ed25519', '-dname', 'CN=second')
    await run('-importcert', '-noprompt', '-alias', 'anchor', '-file', 'root.pem')
    await run('-genseckey', '-alias', 'aes', '-keyalg', 'AES', '-keysize', '256')
    const read = await decodePkcs12(systemDefaults, made.work.read('j.p12'), password)
    expect(read.keys.map(({ friendlyName }) => friendlyName).sort()).toEqual(['first', 'second'])
    for (const { certificates } of read.keys) expect(certificates).toHaveLength(1)
    expect(read.certificates).toEqual([{ certificate: made.root, friendlyName: 'anchor', trusted: true }])
    expect(read.secrets.map(({ friendlyName }) => friendlyName)).toEqual(['aes'])
    const again = await encodePkcs12(systemDefaults, read, password)
    made.work.write('again.p12', again)
    const { text } = await keytool.run(['-list', ...store('again.p12')], { cwd: cwd() })
    for (const entry of [/first, .*PrivateKeyEntry/, /second, .*PrivateKeyEntry/, /aes, .*SecretKeyEntry/]) {
      expect(text).toMatch(entry)
    }
  })

  for (const [name, options] of forms) {
    foreignTest([keytool], `reads what we write: ${name}`, async () => {
      await ours(options)
      const { text } = await keytool.run(['-list', '-v', ...store('ours.p12')], { cwd: cwd() })
      expect(text.match(/Entry type: PrivateKeyEntry/g)).toHaveLength(2)
      expect(text.match(/Certificate chain length: 3/g)).toHaveLength(2)
      expect(text).toMatch(/Alias name: the root[\s\S]*Entry type: trustedCertEntry/)
    })
  }
})
