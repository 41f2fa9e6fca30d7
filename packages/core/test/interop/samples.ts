import { generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toSigned } from '@certwright/core/asn1'
import {
  Certificate,
  CertificateList,
  CertificationRequest,
  CRLReason,
  decodePem,
  extensionOid,
  parseName,
  TBSCertList,
} from '@certwright/core/x509'
import { everyExtension, keyTypes, openWorkspace } from '../x509/openssl.js'

/** A certificate with every extension and a request, by openssl. */
export interface Sample {
  readonly type: string
  readonly certificate: Certificate
  readonly request: CertificationRequest
}

/** One sample of each kind of key. */
export function makeSamples(): readonly Sample[] {
  const work = openWorkspace()
  try {
    work.write('every.cnf', everyExtension)
    return ['P-256', 'RSA 2048', 'Ed25519'].map((type) => {
      work.openssl('genpkey', ...(keyTypes[type] ?? []), '-out', 'k.pem')
      const options = ['-new', '-config', 'every.cnf', '-key', 'k.pem', '-outform', 'DER']
      work.openssl('req', ...options, '-x509', '-days', '10', '-out', 'c.der')
      work.openssl('req', ...options, '-out', 'r.der')
      return {
        type,
        certificate: Certificate.decode(work.read('c.der')),
        request: CertificationRequest.decode(work.read('r.der')),
      }
    })
  } finally {
    work.remove()
  }
}

const ecdsaWithSha256 = { algorithm: '1.2.840.10045.4.3.2' }
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** A signed CRL with so many entries. */
export function makeCrl(count: number): CertificateList {
  const superseded = { extnID: extensionOid.reasonCode, critical: false, extnValue: CRLReason.encode('superseded') }
  const tbsCertList = toSigned(TBSCertList, {
    version: 1,
    signature: ecdsaWithSha256,
    issuer: parseName('CN=Test CA,O=Certwright'),
    thisUpdate: new Date('2026-01-01T00:00:00Z'),
    nextUpdate: new Date('2026-02-01T00:00:00Z'),
    revokedCertificates: Array.from({ length: count }, (_, index) => ({
      userCertificate: Uint8Array.of(0x40, index >> 16, (index >> 8) & 0xff, index & 0xff),
      revocationDate: new Date('2025-12-31T00:00:00Z'),
      crlEntryExtensions: [superseded],
    })),
  })
  const bytes = new Uint8Array(sign('sha256', tbsCertList.bytes, privateKey))
  const der = CertificateList.encode({
    tbsCertList,
    signatureAlgorithm: ecdsaWithSha256,
    signatureValue: { unusedBits: 0, bytes },
  })
  return CertificateList.decode(der)
}

/** Where Debian and its relatives keep trust anchors; other systems have none there. */
const anchors = '/etc/ssl/certs'

/** The trust anchors of this system: certificates of all ages and makers. */
export const trustAnchors = (): readonly Certificate[] =>
  (existsSync(anchors) ? readdirSync(anchors) : [])
    .filter((name) => name.endsWith('.pem'))
    .flatMap((name) => decodePem(readFileSync(join(anchors, name), 'utf8'), { labels: ['CERTIFICATE'] }))
    .map(({ bytes }) => Certificate.decode(bytes))
