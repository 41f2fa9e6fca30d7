import { toHex } from '@certwright/core/asn1'
import { decodePkcs12, encodePkcs12, type Pkcs12Options } from '@certwright/core/cms'
import { openPrivateKey, systemDefaults } from '@certwright/core/defaults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chain, openChain } from './support.js'

let made: Chain
beforeAll(() => {
  made = openChain()
})
afterAll(() => made.work.remove())

const hex = (list: readonly Uint8Array[] = []): string[] => list.map(toHex)
const legacyProvider = ['-provider', 'legacy', '-provider', 'default']
const password = 'pässword €'

const write = (secret: string, ...options: readonly string[]): Uint8Array => {
  const input = options.includes('-nokeys') ? ['-in', 'device1.pem'] : ['-in', 'device1.pem', '-inkey', 'device1.key']
  made.work.openssl('pkcs12', '-export', ...input, '-out', 'o.p12', '-passout', `pass:${secret}`, ...options)
  return made.work.read('o.p12')
}

describe('files that openssl wrote', () => {
  it.each(
    [
      [],
      ['-legacy'],
      ['-legacy', '-descert'],
      ['-iter', '1'],
      ['-noiter', '-nomaciter'],
      ...['sha1', 'md5', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256', 'sha3-256', 'sha3-512'].map((hash) => [
        '-macalg',
        hash,
      ]),
      ...['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des-ede3-cbc', 'rc2-cbc', 'PBE-SHA1-3DES', 'PBE-SHA1-2DES'].map(
        (name) => ['-certpbe', name, '-keypbe', name, ...legacyProvider],
      ),
      ['-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', 'PBE-SHA1-RC2-128', ...legacyProvider],
      ['-certpbe', 'PBE-MD5-DES', '-keypbe', 'PBE-SHA1-RC2-64', ...legacyProvider],
      ['-certpbe', 'NONE'],
      ['-keypbe', 'NONE'],
    ].map((options) => [options.join(' ') || 'without options', options] as const),
  )('%s', async (_name, options) => {
    for (const secret of [password, '']) {
      const der = write(secret, '-name', 'device one', '-certfile', 'chain.pem', '-caname', 'the issuer', ...options)
      const { keys, certificates } = await decodePkcs12(systemDefaults, der, secret)
      const { root, issuing, devices } = made
      expect(hex(keys.map(({ privateKey }) => privateKey))).toEqual(hex([devices[0]?.key ?? root]))
      expect(hex(keys[0]?.certificates)).toEqual(hex([devices[0]?.certificate ?? root, issuing, root]))
      expect(keys[0]?.friendlyName).toBe('device one')
      expect(certificates).toEqual([{ certificate: issuing, friendlyName: 'the issuer' }])
      await expect(decodePkcs12(systemDefaults, der, `${secret}x`)).rejects.toMatchObject({ code: 'decryption' })
    }
  })

  it('without MAC: refused unless asked for', async () => {
    const der = write(password, '-nomac')
    await expect(decodePkcs12(systemDefaults, der, password)).rejects.toMatchObject({ code: 'signature' })
    const { keys } = await decodePkcs12(systemDefaults, der, password, { requireMac: false })
    expect(keys).toHaveLength(1)
    const wrong = decodePkcs12(systemDefaults, der, 'wrong', { requireMac: false })
    await expect(wrong).rejects.toMatchObject({ code: 'decryption' })
  })

  it('without MAC under an empty password', async () => {
    const der = write('', '-nomac', '-legacy')
    expect((await decodePkcs12(systemDefaults, der, '', { requireMac: false })).keys).toHaveLength(1)
  })

  it('without keys: certificates only', async () => {
    const der = write(password, '-nokeys', '-certfile', 'chain.pem', '-caname', 'a')
    const { keys, certificates } = await decodePkcs12(systemDefaults, der, password)
    expect(keys).toEqual([])
    expect(certificates).toHaveLength(3)
  })

  it.each(['PBE-SHA1-RC4-128', 'PBE-SHA1-RC4-40'])('with RC4: refused by name (%s)', async (name) => {
    const der = write(password, '-certpbe', name, ...legacyProvider)
    await expect(decodePkcs12(systemDefaults, der, password)).rejects.toThrow(/RC4 is not supported/)
  })
})

describe('files that we write', () => {
  const list = (file: Uint8Array, secret: string, ...options: readonly string[]): string => {
    made.work.write('ours.p12', file)
    return made.work.openssl('pkcs12', '-in', 'ours.p12', '-passin', `pass:${secret}`, '-nodes', ...options)
  }

  it.each([
    ['by default', {}, []],
    ['legacy', { legacy: true }, legacyProvider],
    ...(['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc'] as const).map(
      (cipher) => [cipher, { encryption: { cipher }, mac: { iterations: 1 } }, []] as const,
    ),
    ...(['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256', 'sha3-256', 'sha3-512'] as const).map(
      (hash) => [`MAC with ${hash}`, { mac: { hash, iterations: 1000 } }, []] as const,
    ),
    ...(['sha1', 'sha512'] as const).map(
      (hash) =>
        [`PRF with ${hash}`, { encryption: { derivation: { kind: 'pbkdf2', hash, iterations: 10 } } }, []] as const,
    ),
    ['scrypt', { encryption: { derivation: { kind: 'scrypt' } } }, []],
  ] satisfies (readonly [string, Pkcs12Options, readonly string[]])[])('%s', async (_name, options, provider) => {
    const { root, issuing, devices } = made
    const contents = {
      keys: devices.map(({ key, certificate }, index) => ({
        privateKey: key,
        certificates: [certificate, issuing, root],
        friendlyName: `device ${index + 1} 😀`,
      })),
      certificates: [{ certificate: root, friendlyName: 'the root' }],
    }
    for (const secret of [password, '']) {
      const file = await encodePkcs12(systemDefaults, contents, secret, options)
      const text = list(file, secret, ...provider)
      expect(text.match(/BEGIN PRIVATE KEY/g)).toHaveLength(2)
      expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(4)
      expect(text).toContain('friendlyName: the root')
      expect(text.match(/friendlyName: device 1/g)).toHaveLength(2)
      const info = list(file, secret, '-info', '-noout', ...provider)
      expect(info).not.toContain('rror')
      expect(() => list(file, 'wrong', ...provider)).toThrow()
      const again = await decodePkcs12(systemDefaults, file, secret)
      expect(hex(again.keys.flatMap(({ certificates }) => certificates))).toEqual(
        hex(contents.keys.flatMap(({ certificates }) => certificates)),
      )
      expect(again.certificates).toEqual(contents.certificates)
      for (const [index, { privateKey }] of again.keys.entries()) {
        expect(toHex(privateKey)).toBe(toHex(devices[index]?.key ?? root))
        expect((await openPrivateKey(privateKey)).type).toBe(['ecdsa-p256', 'rsa-2048'][index])
      }
    }
  })

  it('give openssl the certificates of the client and of the CAs', async () => {
    const { root, issuing, devices } = made
    const [device] = devices
    const contents = {
      keys: [{ privateKey: device?.key ?? root, certificates: [device?.certificate ?? root, issuing, root] }],
    }
    const file = await encodePkcs12(systemDefaults, contents, password)
    expect(list(file, password, '-clcerts', '-nokeys').match(/BEGIN CERTIFICATE/g)).toHaveLength(1)
    expect(list(file, password, '-cacerts', '-nokeys').match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  })
})
