import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { keyIdentifier, keyIdentifierMethods } from '@certwright/core/algorithms'
import { concatBytes, fromHex, toHex } from '@certwright/core/asn1'
import { createOrOpenCa } from '@certwright/core/ca'
import { systemDefaults } from '@certwright/core/defaults'
import {
  AuthorityKeyIdentifier,
  Certificate,
  decodeExtension,
  extensionOid,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { inFolder, opensslRequest, opensslText, opensslVerify } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const { crypto } = systemDefaults

const rootOptions = {
  id: 'test~root',
  subject: 'CN=Test Root',
  profile: 'basic-ca-root',
  profiles: ['basic-ca-subord'],
  issueIntermediates: true,
}
const issuingOptions = { id: 'test~issuing', subject: 'CN=Test Issuing', profile: 'basic-ca-subord' }

/** The key of the example in RFC 7093 section 3, whose first method gives the value below. */
const rfcKey = fromHex(
  '3059301306072a8648ce3d020106082a8648ce3d0301070342000' +
    '47f7f35a79794c950060b8029fc8f363a28f11159692d9d34e6ac948190434735f833b1a66652dc514337aff7f5c9c75d670c019d95a5d639b72744c64a9128bb',
)

describe('key identifiers', () => {
  it.each([
    ['rfc7093-1', 'bf37b3e5808fd46d54b28e846311bcce1cad2e1a'],
    ['sha1', createHash('sha1').update(rfcKey.subarray(26)).digest('hex')],
    ['sha1-64', `4${createHash('sha1').update(rfcKey.subarray(26)).digest('hex').slice(-15)}`],
    ['rfc7093-2', createHash('sha384').update(rfcKey.subarray(26)).digest('hex').slice(0, 40)],
    ['rfc7093-3', createHash('sha512').update(rfcKey.subarray(26)).digest('hex').slice(0, 40)],
    ['rfc7093-4', createHash('sha256').update(rfcKey).digest('hex')],
  ] as const)('by %s', async (method, expected) => {
    expect(toHex(await keyIdentifier(crypto, rfcKey, method))).toBe(expected)
  })

  it('are by RFC 7093 method 1 when nothing is said', async () => {
    expect(await keyIdentifier(crypto, rfcKey)).toEqual(await keyIdentifier(crypto, rfcKey, 'rfc7093-1'))
    expect(keyIdentifierMethods[0]).toBe('rfc7093-1')
    expect(keyIdentifierMethods).toHaveLength(6)
  })
})

describe('key identifiers in certificates', () => {
  const request = opensslRequest('p256', '/CN=device-1/O=Certwright')
  const identifiers = (certificate: Uint8Array) => {
    const { extensions } = Certificate.decode(certificate).tbsCertificate.value
    const authority = decodeExtension(AuthorityKeyIdentifier, extensions, extensionOid.authorityKeyIdentifier)
    const subject = decodeExtension(SubjectKeyIdentifier, extensions, extensionOid.subjectKeyIdentifier)
    return {
      subject: toHex(subject ?? new Uint8Array()),
      authority: toHex(authority?.keyIdentifier ?? new Uint8Array()),
    }
  }

  it('by SHA-1 are those of openssl', async () => {
    const certificate = inFolder((dir) => {
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'k', '-subj', '/CN=a']
      return new Uint8Array(
        execFileSync('openssl', ['req', '-x509', ...key, '-outform', 'DER'], {
          cwd: dir,
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      )
    })
    const { subjectPublicKeyInfo } = Certificate.decode(certificate).tbsCertificate.value
    const key = SubjectPublicKeyInfo.encode(subjectPublicKeyInfo)
    expect(toHex(await keyIdentifier(crypto, key, 'sha1'))).toBe(identifiers(certificate).subject)
  })

  it('are made by the method of the CA, and the authority key identifier is what the issuer has', async () => {
    const deps = testDeps()
    const root = await createOrOpenCa(deps, { ...rootOptions, keyIdentifiers: 'sha1-64' })
    const issuing = await createOrOpenCa(deps, { ...issuingOptions, issuer: root, keyIdentifiers: 'sha1' })
    const { certificate } = await issuing.order(orderOf(request, 'r1'))
    expect(opensslVerify(certificate, [root.certificate, issuing.certificate])).toContain('OK')
    const [top, middle, leaf] = [root, issuing, { certificate }].map((each) => identifiers(each.certificate))
    expect(top?.subject).toMatch(/^4[0-9a-f]{15}$/)
    expect(middle?.authority).toBe(top?.subject)
    expect(middle?.subject).toMatch(/^4[0-9a-f]{15}$/)
    expect(leaf?.authority).toBe(middle?.subject)
    expect(leaf?.subject).toBe(toHex(await keyIdentifier(crypto, orderOf(request, 'r1').publicKey, 'sha1')))
  })

  it('can be given, and are part of what a request id stands for', async () => {
    const { issuing, root } = await testAuthorities(testDeps())
    const given = { ...orderOf(request, 'r1'), keyIdentifier: fromHex('0102030405') }
    const { certificate } = await issuing.order(given)
    expect(identifiers(certificate).subject).toBe('0102030405')
    expect(opensslText(certificate)).toMatch(/Subject Key Identifier: \n +01:02:03:04:05\n/)
    expect(opensslVerify(certificate, [root.certificate, issuing.certificate])).toContain('OK')
    expect((await issuing.order(given)).certificate).toEqual(certificate)
    await expect(issuing.order(orderOf(request, 'r1'))).rejects.toMatchObject({ code: 'conflict' })
  })

  it.each([new Uint8Array(), new Uint8Array(65)])(
    'are refused where the given one has a length that none has',
    async (keyIdentifier) => {
      const { issuing } = await testAuthorities(testDeps())
      await expect(issuing.order({ ...orderOf(request, 'r1'), keyIdentifier })).rejects.toMatchObject({ code: 'asn1' })
    },
  )

  it('of an unknown method are refused', async () => {
    const method = 'md5' as 'sha1'
    await expect(keyIdentifier(crypto, rfcKey, method)).rejects.toMatchObject({ code: 'configuration' })
    const root = createOrOpenCa(testDeps(), { ...rootOptions, keyIdentifiers: method })
    await expect(root).rejects.toMatchObject({ code: 'configuration' })
  })

  it('of octets that are no key are refused', async () => {
    const key = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' })
    expect(await keyIdentifier(crypto, concatBytes(key))).toHaveLength(20)
    await expect(keyIdentifier(crypto, concatBytes(key, key))).rejects.toMatchObject({ code: 'asn1' })
  })
})
