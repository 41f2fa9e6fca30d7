import type { SignatureAlgorithmName } from '@certwright/core/algorithms'
import { nullValue, octetString } from '@certwright/core/asn1'
import {
  attribute,
  attributeTypeOid,
  type CmsSignerOptions,
  ContentInfo,
  certificateIdentifier,
  contentTypeOid,
  createCmsSigner,
  encodeSignedData,
  type MessageSigner,
  SignedAttributes,
  SignedData,
  type SignedDataOptions,
  SignerInfo,
  SigningTime,
  type VerifySignedDataOptions,
  verifySignedData,
} from '@certwright/core/cms'
import { nodeCrypto } from '@certwright/core/defaults'
import { encodePem } from '@certwright/core/x509'
import * as pkijs from 'pkijs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KeyKind, openPeople, type People, type Person, utf8 } from './people.js'

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

const content = utf8('device-1 reports 21.5 °C\r\n')

interface By extends Omit<CmsSignerOptions, 'signer' | 'certificate'> {
  readonly algorithm?: SignatureAlgorithmName
}

const cmsSigner = ({ key, certificate }: Person, { algorithm, ...options }: By = {}) =>
  createCmsSigner(nodeCrypto, { signer: key.signer(algorithm), certificate, ...options })

async function signedBy(
  person: Person,
  by: By = {},
  message: Omit<MessageSigner, 'signer'> = {},
  options: Partial<SignedDataOptions> = {},
): Promise<Uint8Array> {
  const signers = [{ signer: await cmsSigner(person, by), ...message }]
  return encodeSignedData(nodeCrypto, { content, signers, ...options })
}

/** What openssl says to a message; throws when it refuses. */
function opensslVerify(der: Uint8Array, ...options: readonly string[]): string {
  work.write('message.der', der)
  work.write('content', content)
  return work.openssl(
    ...['cms', '-verify', '-inform', 'DER', '-in', 'message.der', '-noverify', '-binary', '-out', 'out', ...options],
  )
}

function opensslSign(who: KeyKind, ...options: readonly string[]): Uint8Array {
  work.write('content', content)
  work.openssl(
    ...['cms', '-sign', '-binary', '-in', 'content', '-signer', `${who}.pem`, '-inkey', `${who}.key`],
    ...['-outform', 'DER', '-out', 'theirs.der', '-nodetach', ...options],
  )
  return work.read('theirs.der')
}

const verify = (der: Uint8Array, options?: VerifySignedDataOptions) => verifySignedData(nodeCrypto, der, options)

describe('SignedData that we make', () => {
  it.each<[KeyKind, By]>([
    ['p256', {}],
    ['p256', { algorithm: 'ecdsa-sha512' }],
    ['p256', { identifiedBy: 'subjectKeyIdentifier' }],
    ['p384', {}],
    ['p521', {}],
    ['rsa', {}],
    ['rsa', { algorithm: 'rsa-pkcs1-sha512', rsaIdentifier: 'key-and-hash' }],
    ['rsa', { algorithm: 'rsa-pss-sha256' }],
    ['rsa', { algorithm: 'rsa-pss-sha384', identifiedBy: 'subjectKeyIdentifier' }],
    ['rsa', { signingCertificate: 'v1' }],
    ['rsa', { signingCertificate: 'none', algorithmProtection: false }],
  ])('is verified by openssl and by us: %s %j', async (who, by) => {
    const der = await signedBy(people[who], by, { signingTime: new Date('2026-05-01T12:00:00.7Z') })
    opensslVerify(der)
    expect(work.read('out')).toEqual(content)
    const { signers, content: inside, contentType, certificates } = await verify(der)
    expect(inside).toEqual(content)
    expect(contentType).toBe(contentTypeOid.data)
    expect(certificates).toEqual([people[who].certificate])
    expect(signers).toMatchObject([{ valid: true, signingTime: new Date('2026-05-01T12:00:00Z') }])
    expect(signers[0]?.certificate).toEqual(people[who].certificate)
  })

  it('holds for Ed25519, which openssl 3.0 cannot do in CMS', async () => {
    expect((await verify(await signedBy(people.ed25519))).signers).toMatchObject([{ valid: true }])
    const bare = await signedBy(people.ed25519, {}, { withoutSignedAttributes: true })
    expect((await verify(bare)).signers).toMatchObject([{ valid: true }])
  })

  it('can be detached, and hashed in parts', async () => {
    async function* parts() {
      for (let i = 0; i < content.length; i += 5) yield content.slice(i, i + 5)
    }
    const der = await signedBy(people.p256, {}, {}, { detached: true, content: parts() })
    opensslVerify(der, '-content', 'content')
    expect((await verify(der, { content: parts() })).signers).toMatchObject([{ valid: true }])
    expect((await verify(der, { content })).content).toBeUndefined()
    const other = await verify(der, { content: utf8('another content') })
    expect(other.signers).toMatchObject([{ valid: false, failure: 'digest' }])
    await expect(verify(der)).rejects.toMatchObject({ code: 'configuration' })
  })

  it('can be by several signers, with and without attributes', async () => {
    const signers = [
      { signer: await cmsSigner(people.p256) },
      { signer: await cmsSigner(people.rsa), withoutSignedAttributes: true },
      { signer: await cmsSigner(people.p384, { identifiedBy: 'subjectKeyIdentifier' }) },
    ]
    const der = await encodeSignedData(nodeCrypto, { content, signers })
    opensslVerify(der)
    expect((await verify(der)).signers.map(({ valid }) => valid)).toEqual([true, true, true])
  })

  it('carries attributes of the caller, inside and outside of the signature', async () => {
    const inside = attribute('1.2.3.4', octetString, utf8('nonce'))
    const outside = attribute('1.2.3.5', octetString, utf8('later'))
    const der = await signedBy(people.p256, {}, { signedAttributes: [inside], unsignedAttributes: [outside] })
    opensslVerify(der)
    const [signer] = (await verify(der)).signers
    expect(signer?.signedAttributes).toContainEqual(inside)
    expect(signer?.unsignedAttributes).toEqual([outside])
  })

  it('is of version 3 for other content than data', async () => {
    const der = await signedBy(people.p256, {}, {}, { contentType: contentTypeOid.tstInfo })
    expect(SignedData.decode(ContentInfo.decode(der).content).version).toBe(3)
    opensslVerify(der)
    expect((await verify(der)).contentType).toBe(contentTypeOid.tstInfo)
  })

  it('can leave the certificate out', async () => {
    const der = await signedBy(people.p256, {}, {}, { signerCertificates: false })
    expect((await verify(der)).signers).toMatchObject([{ valid: false, failure: 'no-certificate' }])
    const certificates = [people.p256.certificate]
    expect((await verify(der, { certificates })).signers).toMatchObject([{ valid: true }])
    opensslVerify(der, '-certfile', 'p256.pem')
  })

  it.each([['p256'], ['rsa']] as const)('is verified by pkijs: %s', async (who) => {
    const der = await signedBy(people[who], { rsaIdentifier: 'key-and-hash' })
    const info = pkijs.ContentInfo.fromBER(Uint8Array.from(der).buffer)
    const data = new pkijs.SignedData({ schema: info.content })
    expect(await data.verify({ signer: 0, checkChain: false })).toBe(true)
  })

  it('is refused to be made from contradictions', async () => {
    const { key, certificate } = people.p256
    const refused = (promise: Promise<unknown>, code: string) => expect(promise).rejects.toMatchObject({ code })
    async function* parts() {
      yield content
    }
    await refused(createCmsSigner(nodeCrypto, { signer: people.rsa.key.signer(), certificate }), 'key')
    await refused(createCmsSigner(nodeCrypto, { signer: key.signer(), certificate, digest: 'sha512' }), 'algorithm')
    await refused(signedBy(people.p256, {}, {}, { content: parts() }), 'configuration')
    const again = attribute(attributeTypeOid.messageDigest, octetString, new Uint8Array(32))
    await refused(signedBy(people.p256, {}, { signedAttributes: [again] }), 'configuration')
    const bare = { withoutSignedAttributes: true }
    await refused(signedBy(people.p256, {}, bare, { contentType: '1.2.3' }), 'configuration')
    await refused(signedBy(people.p256, {}, bare, { content: parts(), detached: true }), 'configuration')
    await refused(signedBy(people.p256, {}, { ...bare, signingTime: new Date(0) }), 'configuration')
  })
})

describe('SignedData of others', () => {
  it.each<[KeyKind, readonly string[]]>([
    ['p256', []],
    ['p256', ['-keyid']],
    ['p256', ['-noattr']],
    ['p256', ['-cades']],
    ['p256', ['-md', 'sha512']],
    ['p384', ['-md', 'sha384']],
    ['p521', ['-md', 'sha512']],
    ['rsa', []],
    ['rsa', ['-noattr']],
    ['rsa', ['-cades', '-md', 'sha384']],
    ['rsa', ['-keyopt', 'rsa_padding_mode:pss']],
    ['rsa', ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:20', '-md', 'sha512']],
    ['rsa', ['-nosmimecap', '-md', 'sha3-256']],
  ])('openssl cms -sign by %s with %j is valid', async (who, options) => {
    const { signers, content: inside } = await verify(opensslSign(who, ...options))
    expect(signers).toMatchObject([{ valid: true }])
    expect(inside).toEqual(content)
  })

  it('in BER, as a stream', async () => {
    const der = opensslSign('rsa', '-stream')
    await expect(verify(der)).rejects.toMatchObject({ code: 'asn1' })
    const { signers, content: inside } = await verify(der, { encoding: 'ber' })
    expect(signers).toMatchObject([{ valid: true }])
    expect(inside).toEqual(content)
  })

  it('of two signers and by openssl smime', async () => {
    const both = opensslSign('p256', '-signer', 'rsa.pem', '-inkey', 'rsa.key')
    expect((await verify(both)).signers.map(({ valid }) => valid)).toEqual([true, true])
    work.openssl(
      ...['smime', '-sign', '-binary', '-in', 'content', '-signer', 'rsa.pem', '-inkey', 'rsa.key'],
      ...['-outform', 'DER', '-out', 'smime.der', '-nodetach'],
    )
    expect((await verify(work.read('smime.der'), { encoding: 'ber' })).signers).toMatchObject([{ valid: true }])
  })

  it('with SHA-1 is valid only on request', async () => {
    const der = opensslSign('rsa', '-md', 'sha1')
    expect((await verify(der)).signers).toMatchObject([{ valid: false, failure: 'algorithm' }])
    expect((await verify(der, { allowBroken: true })).signers).toMatchObject([{ valid: true }])
  })

  it('compressed is refused with a word', async () => {
    const compressed = ContentInfo.encode({
      contentType: contentTypeOid.compressedData,
      content: nullValue.encode(null),
    })
    await expect(verify(compressed)).rejects.toMatchObject({ code: 'algorithm', message: /uncompressed/ })
    const enveloped = ContentInfo.encode({ contentType: contentTypeOid.envelopedData, content: nullValue.encode(null) })
    await expect(verify(enveloped)).rejects.toMatchObject({ code: 'asn1', message: /envelopedData/ })
  })
})

describe('a SignedData that was tampered with', () => {
  type Change = (info: SignerInfo, data: SignedData) => { info?: SignerInfo; data?: SignedData }

  async function tampered(change: Change, by: By = {}, message: Omit<MessageSigner, 'signer'> = {}) {
    const der = await signedBy(people.p256, by, message)
    const data = SignedData.decode(ContentInfo.decode(der).content)
    const info = SignerInfo.decode(data.signerInfos[0] ?? new Uint8Array(0))
    const changed = change(info, data)
    const signerInfos = [SignerInfo.encode(changed.info ?? info)]
    const value = SignedData.encode({ ...(changed.data ?? data), signerInfos })
    return verify(ContentInfo.encode({ contentType: contentTypeOid.signedData, content: value }))
  }

  const without = (info: SignerInfo, type: string) => {
    const value = (info.signedAttrs?.value ?? []).filter((candidate) => candidate.type !== type)
    const { signedAttrs: _, ...rest } = info
    return { ...rest, signedAttrs: { value, bytes: retagged(value) } }
  }
  const retagged = (value: NonNullable<SignerInfo['signedAttrs']>['value']) => {
    const { signedAttrs } = SignerInfo.decode(
      SignerInfo.encode({ ...bare, signedAttrs: { value, bytes: untagged(value) } }),
    )
    return signedAttrs?.bytes ?? new Uint8Array(0)
  }
  const untagged = (value: NonNullable<SignerInfo['signedAttrs']>['value']) => {
    const bytes = Uint8Array.from(SignedAttributes.encode(value))
    bytes[0] = 0xa0
    return bytes
  }
  const bare: SignerInfo = {
    version: 3,
    sid: { type: 'subjectKeyIdentifier', value: new Uint8Array(20) },
    digestAlgorithm: { algorithm: '2.16.840.1.101.3.4.2.1' },
    signatureAlgorithm: { algorithm: '1.2.840.10045.4.3.2' },
    signature: new Uint8Array(8),
  }

  it.each<[string, Change, string]>([
    [
      'the content',
      (_, data) => ({
        data: {
          ...data,
          encapContentInfo: { eContentType: contentTypeOid.data, eContent: octetString.encode(utf8('x')) },
        },
      }),
      'digest',
    ],
    [
      'the content type',
      (_, data) => ({ data: { ...data, encapContentInfo: { ...data.encapContentInfo, eContentType: '1.2.3' } } }),
      'attributes',
    ],
    [
      'the signature',
      (info) => ({ info: { ...info, signature: info.signature.map((octet, i) => (i === 20 ? octet ^ 1 : octet)) } }),
      'signature',
    ],
    ['the signature, to nothing', (info) => ({ info: { ...info, signature: new Uint8Array(0) } }), 'signature'],
    [
      'the signature algorithm',
      (info) => ({ info: { ...info, signatureAlgorithm: { algorithm: '1.2.840.10045.4.3.4' } } }),
      'algorithm',
    ],
    [
      'the signature algorithm, to an unknown one',
      (info) => ({ info: { ...info, signatureAlgorithm: { algorithm: '1.2.3.4' } } }),
      'algorithm',
    ],
    [
      'the digest algorithm, to an unknown one',
      (info) => ({ info: { ...info, digestAlgorithm: { algorithm: '1.2.3.4' } } }),
      'algorithm',
    ],
    [
      'the key family',
      (info) => ({ info: { ...info, signatureAlgorithm: { algorithm: '1.2.840.113549.1.1.1' } } }),
      'algorithm',
    ],
    [
      'the digest algorithm, by one of the same strength',
      (info) => ({ info: { ...info, digestAlgorithm: { algorithm: '2.16.840.1.101.3.4.2.6' } } }),
      'algorithm',
    ],
    ['all attributes, which are gone', ({ signedAttrs: _, ...info }) => ({ info }), 'signature'],
    ['contentType, which is gone', (info) => ({ info: without(info, attributeTypeOid.contentType) }), 'attributes'],
    ['messageDigest, which is gone', (info) => ({ info: without(info, attributeTypeOid.messageDigest) }), 'attributes'],
    [
      'algorithm protection, which is gone',
      (info) => ({ info: without(info, attributeTypeOid.algorithmProtection) }),
      'signature',
    ],
    ['the certificate, which is gone', (_, { certificates: __, ...data }) => ({ data }), 'no-certificate'],
    [
      'the certificate, which is another one',
      (_, data) => ({ data: { ...data, certificates: [people.rsa.certificate] } }),
      'no-certificate',
    ],
    [
      'the certificate, which is damaged',
      (_, data) => ({ data: { ...data, certificates: [Uint8Array.of(0x30, 0)] } }),
      'no-certificate',
    ],
  ])('%s', async (_what, change, failure) => {
    const { signers } = await tampered(change)
    expect(signers).toMatchObject([{ valid: false, failure }])
    expect(signers[0]?.reason).toMatch(/^[a-z].{10,}/)
  })

  it('where another certificate of the same issuer and serial stands in', async () => {
    const twin = await work.person('p256', 'twin')
    const der = await signedBy(people.p256, {}, {}, { signerCertificates: false })
    const data = SignedData.decode(ContentInfo.decode(der).content)
    const info = SignerInfo.decode(data.signerInfos[0] ?? new Uint8Array(0))
    const sid = certificateIdentifier(twin.certificate, 'issuerAndSerialNumber')
    const signerInfos = [SignerInfo.encode({ ...info, sid })]
    const value = SignedData.encode({ ...data, certificates: [twin.certificate], signerInfos })
    const message = ContentInfo.encode({ contentType: contentTypeOid.signedData, content: value })
    expect((await verify(message)).signers).toMatchObject([{ valid: false, failure: 'signing-certificate' }])
  })

  it('where an attribute is there twice, or has two values', async () => {
    const time = attribute(attributeTypeOid.signingTime, SigningTime, new Date(0))
    const twice = { ...time, values: [SigningTime.encode(new Date(0)), SigningTime.encode(new Date(1000))] }
    const der = await signedBy(people.p256, {}, { signedAttributes: [twice] })
    expect((await verify(der)).signers).toMatchObject([{ valid: false, failure: 'attributes' }])
    expect((await verify(der)).signers[0]).not.toHaveProperty('signingTime')
  })

  it('where the signed attributes are passed off as the content', async () => {
    const passedOff = async () => {
      const data = SignedData.decode(ContentInfo.decode(await signedBy(people.p256)).content)
      const { signedAttrs, ...info } = SignerInfo.decode(data.signerInfos[0] ?? new Uint8Array(0))
      const eContent = octetString.encode(SignedAttributes.encode(signedAttrs?.value ?? []))
      const encapContentInfo = { eContentType: contentTypeOid.data, eContent }
      const value = SignedData.encode({ ...data, encapContentInfo, signerInfos: [SignerInfo.encode(info)] })
      return ContentInfo.encode({ contentType: contentTypeOid.signedData, content: value })
    }
    const { signers, content: inside } = await verify(await passedOff())
    expect(inside?.[0]).toBe(0x31)
    expect(signers).toMatchObject([{ valid: false, failure: 'attributes' }])
  })

  it('with more signers than anybody needs', async () => {
    const signer = await cmsSigner(people.p256)
    const signers = Array.from({ length: 33 }, () => ({ signer }))
    const der = await encodeSignedData(nodeCrypto, { content, signers })
    await expect(verify(der)).rejects.toMatchObject({ code: 'limit' })
    expect((await verify(der, { maxSigners: 33 })).signers).toHaveLength(33)
  })

  it('in PEM is what openssl calls CMS', async () => {
    work.write('message.pem', encodePem('CMS', await signedBy(people.p256)))
    work.openssl('cms', '-verify', '-inform', 'PEM', '-in', 'message.pem', '-noverify', '-out', 'out')
    expect(work.read('out')).toEqual(content)
  })
})
