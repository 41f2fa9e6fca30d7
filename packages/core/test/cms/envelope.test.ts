import { concatBytes, fromHex, octetString } from '@certwright/core/asn1'
import {
  AuthEnvelopedData,
  attribute,
  attributeTypeOid,
  ContentInfo,
  contentTypeOid,
  EnvelopedData,
  type EnvelopeOptions,
  encodeDigestedData,
  encodeEncryptedData,
  encodeEnvelope,
  type Opener,
  type OpenOptions,
  openDigestedData,
  openEncryptedData,
  openEnvelope,
  type Recipient,
} from '@certwright/core/cms'
import { generatePrivateKey, nodeCrypto, systemRandom } from '@certwright/core/defaults'
import { CertwrightError } from '@certwright/core/errors'
import { Certificate, SubjectPublicKeyInfo, TBSCertificate } from '@certwright/core/x509'
import fc from 'fast-check'
import * as pkijs from 'pkijs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KeyKind, openPeople, type People, type Person, utf8 } from './people.js'

const deps = { crypto: nodeCrypto, random: systemRandom }
const content = utf8('the key of device-1 is under the mat\r\n')
const kek = fromHex('000102030405060708090a0b0c0d0e0f1011121314151617')

let work: People
let people: Readonly<Record<KeyKind, Person>>
beforeAll(async () => {
  work = openPeople()
  people = {
    p256: await work.person('p256'),
    p384: await work.person('p384'),
    p521: await work.person('p521'),
    rsa: await work.person('rsa'),
    ed25519: await work.person('ed25519'),
  }
})
afterAll(() => work.remove())

const to = (who: KeyKind, more: object = {}): Recipient => ({
  kind: 'certificate',
  certificate: people[who].certificate,
  ...more,
})
const openerOf = ({ key, certificate }: Person): Opener => ({
  kind: 'private-key',
  key: key.decryptionKey(),
  certificate,
})
const seal = (recipients: readonly Recipient[], options: Partial<EnvelopeOptions> = {}) =>
  encodeEnvelope(deps, { content, recipients, ...options })
const open = (der: Uint8Array, opener: Opener, options?: OpenOptions) => openEnvelope(deps, der, opener, options)

function opensslOpen(der: Uint8Array, ...options: readonly string[]): Uint8Array {
  work.write('message.der', der)
  work.openssl('cms', '-decrypt', '-inform', 'DER', '-in', 'message.der', '-binary', '-out', 'out', ...options)
  return work.read('out')
}

function opensslSeal(...options: readonly string[]): Uint8Array {
  work.write('content', content)
  work.openssl(...['cms', '-encrypt', '-binary', '-in', 'content', '-outform', 'DER', '-out', 'theirs.der', ...options])
  return work.read('theirs.der')
}

const keyOf = (who: KeyKind) => ['-recip', `${who}.pem`, '-inkey', `${who}.key`]
const oaep = (hash: 'sha1' | 'sha256' | 'sha512', mgfHash = hash) => ({
  rsa: { scheme: 'oaep', hash, mgfHash, label: new Uint8Array(0) },
})

describe('an envelope that we make', () => {
  it.each<[KeyKind, object, Partial<EnvelopeOptions>]>([
    ['rsa', {}, {}],
    ['rsa', { rsa: { scheme: 'pkcs1' } }, { cipher: 'aes-128-cbc' }],
    ['rsa', { identifiedBy: 'subjectKeyIdentifier' }, { cipher: 'aes-256-cbc' }],
    ['rsa', oaep('sha1'), { cipher: 'aes-192-gcm' }],
    ['rsa', oaep('sha512'), {}],
    ['rsa', oaep('sha256', 'sha1'), {}],
    ['p256', {}, {}],
    ['p256', { hash: 'sha512', identifiedBy: 'subjectKeyIdentifier' }, { cipher: 'aes-128-gcm' }],
    ['p384', { hash: 'sha384' }, { cipher: 'aes-192-cbc' }],
    ['p521', {}, { cipher: 'aes-256-cbc' }],
  ])('is opened by openssl and by us: %s %j %j', async (who, recipient, options) => {
    const der = await seal([to(who, recipient)], options)
    expect(opensslOpen(der, ...keyOf(who))).toEqual(content)
    const opened = await open(der, openerOf(people[who]))
    expect(opened.content).toEqual(content)
    expect(opened.authenticated).toBe(options.cipher === undefined || options.cipher.endsWith('gcm'))
    const { certificate: _, ...anybody } = openerOf(people[who]) as Opener & { certificate?: Uint8Array }
    expect((await open(der, anybody)).content).toEqual(content)
  })

  it.each(['aes-256-gcm', 'aes-128-cbc'] as const)(
    'has a recipient with a key or a password, in %s',
    async (cipher) => {
      const recipients: readonly Recipient[] = [
        to('rsa'),
        { kind: 'key', keyIdentifier: utf8('k1'), key: kek },
        { kind: 'password', password: 'Gänsefüßchen', iterations: 1000 },
        to('p256'),
      ]
      const der = await seal(recipients, { cipher })
      const secret = ['-secretkey', Buffer.from(kek).toString('hex'), '-secretkeyid', Buffer.from('k1').toString('hex')]
      expect(opensslOpen(der, ...secret)).toEqual(content)
      expect(opensslOpen(der, '-pwri_password', 'Gänsefüßchen')).toEqual(content)
      expect(opensslOpen(der, ...keyOf('p256'))).toEqual(content)
      for (const opener of [
        { kind: 'key', key: kek },
        { kind: 'key', key: kek, keyIdentifier: utf8('k1') },
        { kind: 'password', password: 'Gänsefüßchen' },
        openerOf(people.rsa),
        openerOf(people.p256),
      ] satisfies readonly Opener[]) {
        expect((await open(der, opener)).content).toEqual(content)
      }
    },
  )

  it.each(['x25519', 'x448'] as const)('goes to an %s key', async (type) => {
    const key = await generatePrivateKey(type)
    const template = Certificate.decode(people.p256.certificate)
    const { tbsCertificate, ...rest } = template
    const value = { ...tbsCertificate.value, subjectPublicKeyInfo: SubjectPublicKeyInfo.decode(key.publicKey) }
    const certificate = Certificate.encode({ ...rest, tbsCertificate: { bytes: TBSCertificate.encode(value), value } })
    for (const derivation of ['hkdf', 'x963'] as const) {
      const der = await seal([{ kind: 'certificate', certificate, derivation }])
      const opened = await open(der, { kind: 'private-key', key: key.decryptionKey(), certificate })
      expect(opened.content).toEqual(content)
    }
  })

  it('has attributes, authenticated or not', async () => {
    const attributes = [attribute('1.2.3.4', octetString, utf8('for all to read'))]
    const gcm = await seal([to('rsa')], { attributes })
    // openssl 3.0 looks for them under [2], against RFC 5083 section 2.1: it is not asked.
    expect(await open(gcm, openerOf(people.rsa))).toMatchObject({ attributes, unauthenticatedAttributes: [] })
    const cbc = await seal([to('rsa')], { attributes, cipher: 'aes-128-cbc' })
    expect(opensslOpen(cbc, ...keyOf('rsa'))).toEqual(content)
    expect(await open(cbc, openerOf(people.rsa))).toMatchObject({
      attributes: [],
      unauthenticatedAttributes: attributes,
    })
  })

  it('is opened by pkijs', async () => {
    const engine = new pkijs.CryptoEngine({ name: 'node', crypto: globalThis.crypto })
    const der = await seal([to('rsa')], { cipher: 'aes-256-cbc' })
    const info = pkijs.ContentInfo.fromBER(Uint8Array.from(der).buffer)
    const enveloped = new pkijs.EnvelopedData({ schema: info.content })
    const recipientCertificate = pkijs.Certificate.fromBER(Uint8Array.from(people.rsa.certificate).buffer)
    const recipientPrivateKey = Uint8Array.from(people.rsa.key.pkcs8()).buffer
    const opened = await enveloped.decrypt(0, { recipientCertificate, recipientPrivateKey }, engine)
    expect(new Uint8Array(opened)).toEqual(content)
  })

  it('is refused to be made for nobody, in a legacy cipher, or to a key that only signs', async () => {
    await expect(seal([])).rejects.toMatchObject({ code: 'configuration' })
    await expect(seal([to('rsa')], { cipher: 'des-ede3-cbc' })).rejects.toMatchObject({ code: 'algorithm' })
    await expect(seal([to('ed25519')])).rejects.toMatchObject({ code: 'algorithm' })
    const short: Recipient = { kind: 'key', keyIdentifier: utf8('k'), key: new Uint8Array(15) }
    await expect(seal([short])).rejects.toMatchObject({ code: 'algorithm' })
  })

  it('holds any content for any recipients', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('aes-128-cbc', 'aes-256-gcm', 'aes-128-ccm', 'chacha20-poly1305'),
        fc.uint8Array({ minLength: 1, maxLength: 20 }),
        async (octets, cipher, keyIdentifier) => {
          const recipients = [{ kind: 'key', key: kek, keyIdentifier }, to('p256')] as const
          const der = await seal(recipients, { content: octets, cipher: cipher as 'aes-128-cbc' })
          expect((await open(der, { kind: 'key', key: kek, keyIdentifier })).content).toEqual(octets)
          expect((await open(der, openerOf(people.p256))).content).toEqual(octets)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('an envelope of openssl', () => {
  it.each<[KeyKind, readonly string[]]>([
    ['rsa', ['-aes256']],
    ['rsa', ['-aes-128-gcm']],
    ['rsa', ['-des3']],
    ['rsa', ['-aes128', '-keyid']],
    ['rsa', ['-aes128', '-keyopt', 'rsa_padding_mode:oaep']],
    ['rsa', ['-aes128', '-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256']],
    [
      'rsa',
      [
        '-aes128',
        ...['rsa_padding_mode:oaep', 'rsa_oaep_md:sha512', 'rsa_mgf1_md:sha1'].flatMap((o) => ['-keyopt', o]),
      ],
    ],
    ['rsa', ['-aes128', ...['rsa_padding_mode:oaep', 'rsa_oaep_label:6c6162656c'].flatMap((o) => ['-keyopt', o])]],
    ['p256', ['-aes256']],
    ['p256', ['-aes-256-gcm', '-keyid']],
    ['p256', ['-aes128', '-keyopt', 'ecdh_kdf_md:sha256']],
    ['p256', ['-aes128', '-keyopt', 'ecdh_cofactor_mode:1', '-keyopt', 'ecdh_kdf_md:sha384']],
    ['p384', ['-aes256', '-wrap', 'aes192-wrap']],
    ['p521', ['-des3']],
  ])('to %s with %j is opened', async (who, options) => {
    const [cipher = '', ...rest] = options
    const wrap = rest[0] === '-wrap' ? rest : []
    const keyOptions = rest[0] === '-wrap' ? [] : rest
    const der = opensslSeal(cipher, ...wrap, '-recip', `${who}.pem`, ...keyOptions)
    expect((await open(der, openerOf(people[who]))).content).toEqual(content)
  })

  it('with a secret key, and with a password', async () => {
    const keyed = opensslSeal('-aes128', '-secretkey', Buffer.from(kek).toString('hex'), '-secretkeyid', '6b31')
    expect((await open(keyed, { kind: 'key', key: kek, keyIdentifier: utf8('k1') })).content).toEqual(content)
    const locked = opensslSeal('-aes256', '-pwri_password', 'open sesame')
    expect((await open(locked, { kind: 'password', password: 'open sesame' })).content).toEqual(content)
  })

  it('in BER, as a stream, with RC2 and single DES of old', async () => {
    const stream = opensslSeal('-aes128', '-stream', 'rsa.pem')
    await expect(open(stream, openerOf(people.rsa))).rejects.toMatchObject({ code: 'asn1' })
    expect((await open(stream, openerOf(people.rsa), { encoding: 'ber' })).content).toEqual(content)
    const legacy = ['-provider', 'legacy', '-provider', 'default']
    for (const cipher of ['-rc2-40-cbc', '-rc2-64-cbc', '-rc2-cbc', '-des-cbc']) {
      const der = opensslSeal(...legacy, cipher, 'rsa.pem')
      expect((await open(der, openerOf(people.rsa))).content).toEqual(content)
      const ciphers = ['aes-128-cbc', 'aes-256-cbc', 'aes-256-gcm'] as const
      await expect(open(der, openerOf(people.rsa), { ciphers })).rejects.toMatchObject({ code: 'algorithm' })
    }
  })

  it('to many recipients is opened by each', async () => {
    const der = opensslSeal('-aes128', 'rsa.pem', 'p256.pem', 'p384.pem', 'p521.pem')
    for (const who of ['rsa', 'p256', 'p384', 'p521'] as const) {
      expect((await open(der, openerOf(people[who]))).content).toEqual(content)
    }
  })
})

describe('an envelope that cannot be opened', () => {
  const refusal = async (promise: Promise<unknown>): Promise<CertwrightError> => {
    const error = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(CertwrightError)
    return error as CertwrightError
  }

  it('looks the same whatever is wrong', async () => {
    const other = await work.person('rsa', 'other')
    const der = await seal(
      [to('rsa', { rsa: { scheme: 'pkcs1' } }), { kind: 'password', password: 'right', iterations: 1000 }],
      { cipher: 'aes-128-cbc' },
    )
    const data = EnvelopedData.decode(ContentInfo.decode(der).content)
    const remade = (change: (encrypted: Uint8Array) => Uint8Array) => {
      const { encryptedContentInfo: info } = data
      const encryptedContent = change(info.encryptedContent ?? new Uint8Array(0))
      const value = EnvelopedData.encode({ ...data, encryptedContentInfo: { ...info, encryptedContent } })
      return ContentInfo.encode({ contentType: '1.2.840.113549.1.7.3', content: value })
    }
    const otherKey = { ...openerOf(other), certificate: people.rsa.certificate } as Opener
    const errors = [
      await refusal(open(der, openerOf(other))),
      await refusal(open(der, otherKey)),
      await refusal(open(der, openerOf(people.p256))),
      await refusal(open(der, { kind: 'password', password: 'wrong' })),
      await refusal(open(der, { kind: 'key', key: kek })),
      await refusal(
        open(
          remade((octets) => octets.subarray(0, 20)),
          openerOf(people.rsa),
        ),
      ),
      await refusal(
        open(
          remade(() => new Uint8Array(0)),
          openerOf(people.rsa),
        ),
      ),
      await refusal(
        open(
          remade((octets) => octets.map((octet, i) => octet ^ (i === octets.length - 17 ? 255 : 0))),
          openerOf(people.rsa),
        ),
      ),
    ]
    expect(new Set(errors.map(({ code, message }) => `${code}: ${message}`))).toEqual(
      new Set(['decryption: the content cannot be decrypted with this key']),
    )
  })

  it('notices every change of authenticated content and attributes', async () => {
    const attributes = [attribute('1.2.3.4', octetString, utf8('read me'))]
    const der = await seal([to('rsa')], { attributes })
    const data = AuthEnvelopedData.decode(ContentInfo.decode(der).content)
    const changed = async (value: AuthEnvelopedData) =>
      refusal(
        open(
          ContentInfo.encode({ contentType: '1.2.840.113549.1.9.16.1.23', content: AuthEnvelopedData.encode(value) }),
          openerOf(people.rsa),
        ),
      )
    const flip = (octets: Uint8Array) => octets.map((octet, i) => (i === 0 ? octet ^ 1 : octet))
    const { authEncryptedContentInfo: info, authAttrs: _, ...rest } = data
    const encryptedContent = flip(info.encryptedContent ?? new Uint8Array(0))
    expect((await changed({ ...data, mac: flip(data.mac) })).code).toBe('decryption')
    expect((await changed({ ...data, mac: data.mac.subarray(0, 12) })).code).toBe('decryption')
    expect((await changed({ ...data, authEncryptedContentInfo: { ...info, encryptedContent } })).code).toBe(
      'decryption',
    )
    expect((await changed({ ...rest, authEncryptedContentInfo: info })).code).toBe('decryption')
  })

  it('notices that content is passed off as of another type', async () => {
    const der = await seal([to('rsa')], { contentType: contentTypeOid.signedData })
    const data = AuthEnvelopedData.decode(ContentInfo.decode(der).content)
    expect(data.authAttrs?.value.map(({ type }) => type)).toEqual([attributeTypeOid.contentType])
    expect((await open(der, openerOf(people.rsa))).contentType).toBe(contentTypeOid.signedData)
    const { authEncryptedContentInfo: info, authAttrs: _, ...rest } = data
    const asType = (contentType: string, value: Omit<AuthEnvelopedData, 'authEncryptedContentInfo'>) =>
      ContentInfo.encode({
        contentType: '1.2.840.113549.1.9.16.1.23',
        content: AuthEnvelopedData.encode({ ...value, authEncryptedContentInfo: { ...info, contentType } }),
      })
    const { authAttrs: none, ...plain } = AuthEnvelopedData.decode(ContentInfo.decode(await seal([to('rsa')])).content)
    expect(none).toBeUndefined()
    for (const message of [
      asType(contentTypeOid.data, data),
      asType(contentTypeOid.envelopedData, data),
      asType(contentTypeOid.data, rest),
      ContentInfo.encode({
        contentType: '1.2.840.113549.1.9.16.1.23',
        content: AuthEnvelopedData.encode({
          ...plain,
          authEncryptedContentInfo: { ...plain.authEncryptedContentInfo, contentType: contentTypeOid.signedData },
        }),
      }),
    ]) {
      await expect(open(message, openerOf(people.rsa))).rejects.toMatchObject({ code: 'decryption' })
    }
  })

  it('asks for more work than allowed', async () => {
    const der = await seal([{ kind: 'password', password: 'p', iterations: 5000 }])
    const opener = { kind: 'password', password: 'p' } as const
    await expect(open(der, opener, { derivation: { maxIterations: 4999 } })).rejects.toMatchObject({ code: 'limit' })
    expect((await open(der, opener, { derivation: { maxIterations: 5000 } })).content).toEqual(content)
    const many = Array.from({ length: 1001 }, () => ({ kind: 'key', keyIdentifier: utf8('k'), key: kek }) as const)
    await expect(open(await seal(many), { kind: 'key', key: kek })).rejects.toMatchObject({ code: 'limit' })
    // Only a few parts are tried: of a thousand passwords that are not ours none takes its second.
    const crowd = Array.from({ length: 8 }, () => ({ kind: 'password', password: 'x', iterations: 1 }) as const)
    const last = await seal([...crowd, { kind: 'password', password: 'p', iterations: 1 }])
    const outcome = await open(last, opener).then(
      ({ content: found }) => found,
      ({ code }: CertwrightError) => code,
    )
    expect([content, 'decryption']).toContainEqual(outcome)
  })

  it('names an algorithm that is not known', async () => {
    const der = await seal([to('rsa')], { cipher: 'aes-128-cbc' })
    const data = EnvelopedData.decode(ContentInfo.decode(der).content)
    const info = { ...data.encryptedContentInfo, contentEncryptionAlgorithm: { algorithm: '1.2.3.4' } }
    const value = EnvelopedData.encode({ ...data, encryptedContentInfo: info })
    const message = ContentInfo.encode({ contentType: '1.2.840.113549.1.7.3', content: value })
    await expect(open(message, openerOf(people.rsa))).rejects.toMatchObject({
      code: 'algorithm',
      message: /1\.2\.3\.4/,
    })
  })
})

describe('EncryptedData and DigestedData', () => {
  const key = kek.subarray(0, 16)
  const hex = Buffer.from(key).toString('hex')

  it('are those of openssl, both ways', async () => {
    work.write('ours.der', await encodeEncryptedData(deps, { content, key, cipher: 'aes-128-cbc' }))
    work.openssl(
      ...['cms', '-EncryptedData_decrypt', '-inform', 'DER', '-in', 'ours.der', '-secretkey', hex],
      ...['-binary', '-out', 'out'],
    )
    expect(work.read('out')).toEqual(content)
    work.write('content', content)
    work.openssl(
      ...['cms', '-EncryptedData_encrypt', '-binary', '-in', 'content', '-aes128', '-secretkey', hex],
      ...['-outform', 'DER', '-out', 'theirs.der'],
    )
    expect(await openEncryptedData(deps, work.read('theirs.der'), key)).toMatchObject({ content })
    work.write('ours.der', await encodeDigestedData(nodeCrypto, { content, digest: 'sha512' }))
    work.openssl('cms', '-digest_verify', '-inform', 'DER', '-in', 'ours.der', '-binary', '-out', 'out')
    expect(work.read('out')).toEqual(content)
    work.openssl(
      ...['cms', '-digest_create', '-binary', '-in', 'content', '-md', 'sha256', '-nodetach'],
      ...['-outform', 'DER', '-out', 'theirs.der'],
    )
    expect(await openDigestedData(nodeCrypto, work.read('theirs.der'))).toMatchObject({ content, digest: 'sha256' })
  })

  it('are refused when they were changed', async () => {
    const encrypted = await encodeEncryptedData(deps, { content, key, cipher: 'aes-128-cbc' })
    const other = kek.subarray(8, 24)
    await expect(openEncryptedData(deps, encrypted, other)).rejects.toMatchObject({ code: 'decryption' })
    await expect(openEncryptedData(deps, encrypted, kek)).rejects.toMatchObject({ code: 'decryption' })
    const digested = await encodeDigestedData(nodeCrypto, { content })
    const at = Buffer.from(digested).indexOf('under the mat')
    const changed = concatBytes(digested.subarray(0, at), Uint8Array.of(0x55), digested.subarray(at + 1))
    await expect(openDigestedData(nodeCrypto, changed)).rejects.toMatchObject({ code: 'signature' })
  })
})
