import { legacyPasswordEncryption, type PasswordEncryption, type PasswordMac } from '@certwright/core/algorithms'
import { concatBytes, fromHex, octetString, toHex } from '@certwright/core/asn1'
import { decodePkcs12, encodePkcs12, encryptPrivateKeyInfo, type Pkcs12Limits } from '@certwright/core/cms'
import { generatePrivateKey, nodeCrypto, openPrivateKey, systemDefaults } from '@certwright/core/defaults'
import { CertwrightError } from '@certwright/core/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBer } from './ber.js'
import {
  attributedBag,
  bag,
  certificateBag,
  data,
  encrypted,
  encryptedKey,
  list,
  pfx,
  typed,
  withMac,
  withoutMac,
} from './build.js'
import { type Chain, openChain, quick } from './support.js'

const password = 'a password'
const salt = new Uint8Array(8).fill(1)
const mac = { kind: 'pkcs12', hash: 'sha256', salt, iterations: 1 } satisfies PasswordMac
const pbes2 = (iterations: number): PasswordEncryption => ({
  kind: 'pbes2',
  derivation: { kind: 'pbkdf2', hash: 'sha256', salt, iterations },
  cipher: { name: 'aes-256-cbc', iv: new Uint8Array(16) },
})

let made: Chain
let key: Uint8Array
beforeAll(async () => {
  made = openChain()
  key = (await generatePrivateKey('ed25519')).pkcs8()
})
afterAll(() => made.work.remove())

const decode = (file: Uint8Array, limits: Pkcs12Limits = {}) => decodePkcs12(systemDefaults, file, password, { limits })
const device = () => made.devices[0] ?? { key, certificate: key }
const whole = (options = quick) =>
  encodePkcs12(
    systemDefaults,
    { keys: [{ privateKey: device().key, certificates: [device().certificate, made.issuing, made.root] }] },
    password,
    options,
  )
const refused = (promise: Promise<unknown>, code: string) => expect(promise).rejects.toMatchObject({ code })

describe('a PKCS #12 file that was changed', () => {
  it('anywhere is refused with a typed error', async () => {
    const file = await whole()
    for (let index = 0; index < file.length; index += 1) {
      const changed = Uint8Array.from(file)
      changed[index] = (changed[index] ?? 0) ^ 0x04
      const outcome = await decode(changed).catch((error: unknown) => error)
      expect(outcome, `octet ${index}`).toMatchObject({
        code: expect.stringMatching(/^(asn1|algorithm|limit|decryption|signature)$/),
      })
    }
  })

  it('or cut off is refused with a typed error', async () => {
    const file = await whole()
    for (let length = 0; length < file.length; length += 7) await refused(decode(file.subarray(0, length)), 'asn1')
    await refused(decode(concatBytes(file, Uint8Array.of(0))), 'asn1')
  })

  it('looks like one with a wrong password', async () => {
    const file = await whole()
    const changed = Uint8Array.from(file)
    changed[200] = (changed[200] ?? 0) ^ 1
    const errors = await Promise.all([
      decode(changed).catch((error: Error) => error.message),
      decodePkcs12(systemDefaults, file, 'wrong').catch((error: Error) => error.message),
    ])
    expect(errors[0]).toBe(errors[1])
  })

  it('under a MAC that is right but empty, short or another is refused', async () => {
    const safes = list(data(list(certificateBag(made.root))))
    const right = await pfx(safes, password, mac)
    expect((await decode(right)).certificates).toHaveLength(1)
    for (const digest of ['', '00', '00'.repeat(32), '00'.repeat(33)]) {
      await refused(decode(withMac(data(safes), mac, fromHex(digest))), 'decryption')
    }
  })
})

describe('a PKCS #12 file that asks for too much', () => {
  const safes = () => list(data(list(certificateBag(made.root))))

  it.each([2n ** 31n, 2n ** 63n, 1_000_001n, 0n, -1n])('%s iterations of the MAC', async (iterations) => {
    await refused(decode(withMac(data(safes()), mac, salt, iterations)), 'limit')
  })

  it('2^31 iterations of PBMAC1', async () => {
    const derivation = { kind: 'pbkdf2', hash: 'sha256', salt, iterations: 2 ** 31, length: 32 } as const
    await refused(decode(withMac(data(safes()), { kind: 'pbmac1', derivation, hash: 'sha256' }, salt)), 'limit')
  })

  it.each([
    ['shorter than 20 octets', 19],
    ['of one octet', 1],
    ['longer than 64 octets', 65],
  ])('PBMAC1 with a key %s', async (_what, length) => {
    const derivation = { kind: 'pbkdf2', hash: 'sha256', salt, iterations: 1, length } as const
    await refused(pfx(safes(), password, { kind: 'pbmac1', derivation, hash: 'sha256' }).then(decode), 'algorithm')
  })

  it('many derivations, each of which would do', async () => {
    const bags = list(certificateBag(made.root))
    const safe = await encrypted(bags, password, pbes2(1000))
    const many = async (count: number) => decode(await pfx(list(...Array(count).fill(safe)), password, mac), limits)
    const limits = { maxIterations: 1000 }
    expect((await many(3)).certificates).toHaveLength(3)
    await refused(many(4), 'limit')
    await refused(many(1000), 'limit')
  })

  it('older derivations, which count tenfold', async () => {
    const scheme = legacyPasswordEncryption('pbeWithSHAAnd3-KeyTripleDES-CBC')
    const bags = list(certificateBag(made.root))
    const file = async (iterations: number) =>
      pfx(list(await encrypted(bags, password, { kind: 'legacy', scheme, salt, iterations })), password, mac)
    expect((await decode(await file(100), { maxIterations: 1000 })).certificates).toHaveLength(1)
    await refused(decode(await file(101), { maxIterations: 1000 }), 'limit')
  })

  it('many older derivations, each of which would do', async () => {
    const scheme = legacyPasswordEncryption('pbeWithSHAAnd3-KeyTripleDES-CBC')
    const safe = await encrypted(list(certificateBag(made.root)), password, {
      kind: 'legacy',
      scheme,
      salt,
      iterations: 100,
    })
    const many = async (count: number) =>
      decode(await pfx(list(...Array(count).fill(safe)), password, mac), { maxIterations: 1000 })
    expect((await many(3)).certificates).toHaveLength(3)
    await refused(many(4), 'limit')
  })

  it('many encrypted keys, each of which would do', async () => {
    const shrouded = bag(2, await encryptedKey(key, password, pbes2(1000)))
    const many = async (count: number) =>
      decode(await pfx(list(data(list(...Array(count).fill(shrouded)))), password, mac), { maxIterations: 1000 })
    expect((await many(3)).keys).toHaveLength(3)
    await refused(many(4), 'limit')
  })

  it('a second reading of an empty password counts too', async () => {
    const file = await pfx(safes(), 'x', { ...mac, iterations: 100 })
    const read = (maxIterations: number) =>
      decodePkcs12(systemDefaults, file, '', { limits: { maxIterations } }).catch(({ code }) => code)
    expect(await read(1000)).toBe('decryption')
    expect(await read(999)).toBe('limit')
  })

  it('more bags than allowed, deeper than allowed', async () => {
    const bags = list(...Array(20).fill(certificateBag(made.root)))
    const wide = await pfx(list(data(bags)), password, mac)
    expect((await decode(wide, { maxBags: 20 })).certificates).toHaveLength(20)
    await refused(decode(wide, { maxBags: 19 }), 'limit')
    const nested = async (depth: number) => {
      let inner = list(certificateBag(made.root))
      for (let level = 0; level < depth; level += 1) inner = list(bag(6, inner))
      return decode(await pfx(list(data(inner)), password, mac))
    }
    expect((await nested(8)).certificates).toHaveLength(1)
    await refused(nested(9), 'limit')
    await expect(nested(1000)).rejects.toMatchObject({ code: expect.stringMatching(/^(limit|asn1)$/) })
  })

  it('a larger size than allowed', async () => {
    await refused(decode(await whole(), { maxSize: 100 }), 'asn1')
  })
})

describe('a PKCS #12 file of a form that is not supported', () => {
  it.each([
    ['signed', '1.2.840.113549.1.7.2', /signed with a private key/],
    ['of another content type', '1.2.3', /of the type 1\.2\.3/],
  ])('%s', async (_what, type, message) => {
    const authSafe = typed(type, octetString.encode(salt))
    await expect(decode(withMac(authSafe, mac, salt))).rejects.toThrow(message)
  })

  it.each([
    ['encrypted for a public key', '1.2.840.113549.1.7.3', /encrypted for a public key/],
    ['with contents of another type', '1.2.3', /of type 1\.2\.3/],
  ])('%s', async (_what, type, message) => {
    const file = await pfx(list(typed(type, octetString.encode(salt))), password, mac)
    await expect(decode(file)).rejects.toThrow(message)
  })

  it.each([
    ['empty', '3000', 'version'],
    ['of version 2', '30 12 020102 300d 06092a864886f70d010701 a000', ''],
    ['without content', '30 10 020103 300b 06092a864886f70d010701', 'authSafe.content'],
    ['no sequence', '0400', ''],
    ['of version 2 with content', '30 14 020102 300f 06092a864886f70d010701 a0020400', 'version'],
  ])('malformed: %s', async (_what, text, path) => {
    const error: unknown = await decode(fromHex(text.replaceAll(' ', ''))).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'asn1' })
    expect((error as { path: string[] }).path.join('.')).toContain(path)
  })

  it.each([
    ['no list of safes', () => fromHex('0400')],
    ['no list of bags', () => list(data(fromHex('0400')))],
    ['a key that is none', () => list(data(list(bag(1, fromHex('3000')))))],
    ['an encrypted key that is none', () => list(data(list(bag(2, fromHex('3000')))))],
    ['a certificate bag without certificate', () => list(data(list(bag(3, fromHex('3000')))))],
    ['a certificate that is no OCTET STRING', () => list(data(list(bag(3, typed('1.2.840.113549.1.9.22.1', key)))))],
    ['a CRL that is no OCTET STRING', () => list(data(list(bag(4, typed('1.2.840.113549.1.9.23.1', key)))))],
    ['a secret without value', () => list(data(list(bag(5, fromHex('3000')))))],
  ])('malformed inside: %s', async (_what, safes) => {
    await refused(pfx(safes(), password, mac).then(decode), 'asn1')
  })

  it.each([
    ['a name of an odd number of octets', '1.2.840.113549.1.9.20', '1e03006100'],
    ['a name of half a surrogate pair', '1.2.840.113549.1.9.20', '1e02d800'],
    ['a name of another type', '1.2.840.113549.1.9.20', '0c026162'],
    ['a localKeyID of another type', '1.2.840.113549.1.9.21', '020101'],
  ])('malformed inside: %s', async (_what, type, value) => {
    const named = attributedBag(made.root, [[type, fromHex(value)]])
    await refused(pfx(list(data(list(named))), password, mac).then(decode), 'asn1')
  })

  it('with a MAC of SHAKE', async () => {
    const safes = list(data(list(certificateBag(made.root))))
    await refused(decode(withMac(data(safes), { ...mac, hash: 'shake256' }, salt)), 'algorithm')
  })

  it('without MAC, unless asked for', async () => {
    const file = withoutMac(list(data(list(certificateBag(made.root)))))
    await refused(decode(file), 'signature')
    const { certificates } = await decodePkcs12(systemDefaults, file, password, { requireMac: false })
    expect(certificates).toEqual([{ certificate: made.root }])
  })

  it('malformed under the encryption: alike a wrong password', async () => {
    const safe = await encrypted(fromHex('0400'), password, pbes2(1))
    await refused(pfx(list(safe), password, mac).then(decode), 'decryption')
    const otherPassword = await encrypted(list(certificateBag(made.root)), 'another', pbes2(1))
    await refused(pfx(list(otherPassword), password, mac).then(decode), 'decryption')
    const otherKey = await encryptPrivateKeyInfo(systemDefaults, key, 'another', {
      derivation: { kind: 'pbkdf2', iterations: 1 },
    })
    await refused(pfx(list(data(list(bag(2, otherKey)))), password, mac).then(decode), 'decryption')
  })
})

describe('a PKCS #12 file that is read', () => {
  it('in BER, whole and inside', async () => {
    const safe = await encrypted(list(certificateBag(made.issuing), certificateBag(made.root)), password, pbes2(1))
    const safes = toBer(list(safe, data(toBer(list(bag(1, key), certificateBag(made.root))))))
    const file = toBer(await pfx(safes, password, mac))
    expect(toHex(file.subarray(0, 2))).toBe('3080')
    const { keys, certificates } = await decode(file)
    expect(toHex(keys[0]?.privateKey ?? salt)).toBe(toHex(key))
    expect(certificates.map(({ certificate }) => toHex(certificate))).toEqual(
      [made.issuing, made.root, made.root].map(toHex),
    )
  })

  it('passes over bags and certificates of other types, and keeps certificates that are none', async () => {
    const bags = list(bag(9, key), bag(3, typed('1.2.3', key)), bag(4, typed('1.2.3', key)), certificateBag(key))
    const read = await decode(await pfx(list(data(bags)), password, mac))
    expect(read).toEqual({ keys: [], certificates: [{ certificate: key }], crls: [], secrets: [] })
  })

  it('finds the certificate of a key that does not carry its public key, where it can be made', async () => {
    made.work.openssl('genpkey', '-algorithm', 'ed25519', '-out', 'ed.key')
    made.work.openssl('req', '-x509', '-new', '-key', 'ed.key', '-subj', '/CN=ed', '-out', 'ed.pem')
    made.work.openssl('x509', '-in', 'ed.pem', '-outform', 'DER', '-out', 'ed.crt')
    made.work.openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'ed.key', '-outform', 'DER', '-out', 'ed.der')
    const certificate = made.work.read('ed.crt')
    const safes = list(data(list(bag(1, made.work.read('ed.der')), certificateBag(certificate))))
    const file = await pfx(safes, password, mac)
    expect((await decode(file)).keys[0]?.certificates).toEqual([])
    const publicKeyOf = async (der: Uint8Array) => (await openPrivateKey(der)).publicKey
    const deps = { crypto: nodeCrypto, publicKeyOf }
    expect((await decodePkcs12(deps, file, password)).keys[0]?.certificates).toEqual([certificate])
    const unknown = {
      crypto: nodeCrypto,
      publicKeyOf: () => {
        throw new CertwrightError('key', 'of a type that is not supported')
      },
    }
    expect((await decodePkcs12(unknown, file, password)).keys[0]?.certificates).toEqual([])
  })

  it('finds the issuer with the right key among those of the same name, and comes to an end in a circle', async () => {
    const { work, issuing, root } = made
    const run = (...args: readonly string[]) => work.openssl('req', '-x509', '-nodes', '-days', '9', ...args)
    const p256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', 'new.key']
    run(...p256, '-subj', '/CN=issuing', '-CA', 'root.pem', '-CAkey', 'root.key', '-out', 'namesake.pem')
    // The root certified by its own subordinate: each is the issuer of the other.
    run('-key', 'root.key', '-subj', '/CN=root', '-CA', 'issuing.pem', '-CAkey', 'issuing.key', '-out', 'circle.pem')
    const [namesake, circle] = ['namesake', 'circle'].map((name) => {
      work.openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.crt`)
      return work.read(`${name}.crt`)
    })
    const chainOf = async (...certificates: readonly (Uint8Array | undefined)[]) => {
      const bags = [device().certificate, ...certificates].map((der) => certificateBag(der ?? key))
      const read = await decode(await pfx(list(data(list(bag(1, device().key), ...bags))), password, mac))
      return read.keys[0]?.certificates.slice(1).map(toHex)
    }
    expect(await chainOf(namesake, issuing, root)).toEqual([issuing, root].map(toHex))
    expect(await chainOf(issuing, circle)).toEqual([issuing, circle ?? key].map(toHex))
  })

  it('takes the name of a key from its certificate, and keeps what else is said of that', async () => {
    const name = fromHex('1e080061006200630064')
    const named = attributedBag(device().certificate, [['1.2.840.113549.1.9.20', name]])
    const read = await decode(await pfx(list(data(list(bag(1, device().key), named))), password, mac))
    expect(read.keys[0]?.friendlyName).toBe('abcd')
    const { certificate } = device()
    const contents = {
      keys: [{ privateKey: device().key, certificates: [certificate], friendlyName: 'mine', localKeyId: salt }],
      certificates: [{ certificate, trusted: true }],
    }
    const again = await decode(await encodePkcs12(systemDefaults, contents, password, quick))
    expect(again.keys).toEqual(contents.keys)
    expect(again.certificates).toEqual([{ certificate, friendlyName: 'mine', trusted: true }])
  })

  it('does not give a key the certificate of another, whatever localKeyID says', async () => {
    const [first, second] = made.devices
    const keys = [{ privateKey: first?.key ?? key, certificates: [second?.certificate ?? key] }]
    await refused(encodePkcs12(systemDefaults, { keys }, password, quick), 'key')
    const localKeyId = Uint8Array.of(1)
    const swapped = [
      { privateKey: first?.key ?? key, localKeyId },
      { privateKey: second?.key ?? key, certificates: [second?.certificate ?? key], localKeyId },
    ]
    const read = await decode(await encodePkcs12(systemDefaults, { keys: swapped }, password, quick))
    expect(read.keys.map(({ certificates }) => certificates.length)).toEqual([0, 1])
  })
})

describe('options that cannot be', () => {
  it.each([
    ['legacy and more', { legacy: true, mac: { hash: 'sha256' } }, 'configuration'],
    ['no iterations', { mac: { iterations: 0 } }, 'limit'],
    ['too many', { mac: { iterations: 1_000_001 } }, 'limit'],
    ['a MAC with SHAKE', { mac: { hash: 'shake256' } }, 'algorithm'],
    ['PBMAC1 with SHAKE', { mac: { kind: 'pbmac1', hash: 'shake256' } }, 'algorithm'],
  ] as const)('%s', async (_what, options, code) => {
    await refused(whole(options), code)
  })

  it('a name that is not Unicode, a password that is not', async () => {
    const keys = [{ privateKey: key, friendlyName: '\ud800' }]
    await refused(encodePkcs12(systemDefaults, { keys }, password, quick), 'asn1')
    await refused(encodePkcs12(systemDefaults, {}, '\ud800', quick), 'configuration')
  })
})
