import type { CertificateAuthority, CertificateOrder } from '@certwright/core/ca'
import { createOrOpenCa } from '@certwright/core/ca'
import { memoryKeys, memoryStore, systemDefaults } from '@certwright/core/defaults'
import type { KeyProvider, Store } from '@certwright/core/ports'
import { CertificationRequest, requestedExtensions, SubjectPublicKeyInfo } from '@certwright/core/x509'
import { fixedClock, seededRandom } from '@certwright/testkit'

/** The moment at which the tests' world starts. */
export const start = new Date('2026-11-20T12:00:00Z')

/** A clock, randomness, keys and a store for one test; any of them can be given. */
export function testDeps<S extends Store>(given: { store?: S; keys?: KeyProvider } = {}) {
  const store = given.store ?? memoryStore()
  const clock = fixedClock(start)
  return { ...systemDefaults, store, keys: given.keys ?? memoryKeys(), clock, random: seededRandom(1) }
}

const urls = (ca: string) => ({
  crl: [`http://localhost:8080/crl/test/${ca}/crl.crl`],
  caIssuers: [`http://localhost:8080/ca/test/${ca}.cer`],
})

/** A root and an issuing CA below it. */
export async function testAuthorities(
  deps: ReturnType<typeof testDeps>,
): Promise<{ readonly root: CertificateAuthority; readonly issuing: CertificateAuthority }> {
  const root = await createOrOpenCa(deps, {
    id: 'test~root',
    subject: 'CN=Test Root,O=Certwright',
    profile: 'basic-ca-root',
    profiles: ['basic-ca-subord'],
    issueIntermediates: true,
    urls: urls('root'),
  })
  const issuing = await createOrOpenCa(deps, {
    id: 'test~issuing',
    subject: 'CN=Test Issuing,O=Certwright',
    profile: 'basic-ca-subord',
    issuer: root,
    urls: urls('issuing'),
  })
  return { root, issuing }
}

/** The order that a PKCS#10 request asks for. */
export function orderOf(request: Uint8Array, requestId: string): CertificateOrder {
  const info = CertificationRequest.decode(request).certificationRequestInfo.value
  return {
    requestId,
    profile: 'est-digital-signature',
    requester: 'passcode:test',
    publicKey: SubjectPublicKeyInfo.encode(info.subjectPKInfo),
    subject: info.subject,
    extensions: requestedExtensions(info),
  }
}
