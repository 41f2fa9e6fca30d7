import { Asn1Error, type DecodeOptions, toHex } from '../../asn1/index.js'
import { AuthorityKeyIdentifier, Certificate, extensionOid, Name, SubjectKeyIdentifier } from '../../x509/index.js'
import type { BagAttributes } from './attributes.js'

/** A certificate as its bag has it. */
export interface FoundCertificate extends BagAttributes {
  readonly certificate: Uint8Array
}

/** Finds the certificates of keys among those of a file. */
export interface CertificateIndex {
  /** The certificate of a key: by public key and localKeyID, or what is known of the two. */
  own(subjectPublicKey: Uint8Array | undefined, localKeyId: Uint8Array | undefined): FoundCertificate | undefined
  /** The certificate, then its issuers upwards as far as the file has them. Signatures are not verified. */
  chain(own: FoundCertificate): readonly FoundCertificate[]
}

interface Linked {
  readonly subject: string
  readonly issuer: string
  readonly subjectKeyId: string | undefined
  readonly authorityKeyId: string | undefined
  readonly subjectPublicKey: string
}

const longestChain = 32

/** Looks once at every certificate; those that are not X.509 to us are found by localKeyID alone. */
export function indexCertificates(found: readonly FoundCertificate[]): CertificateIndex {
  const links = new Map(found.map((entry) => [entry, linksOf(entry.certificate)]))
  const bySubject = firstBy(found, (entry) => links.get(entry)?.subject)
  const bySubjectKeyId = firstBy(found, (entry) => issuerKey(links.get(entry)?.subject, links.get(entry)?.subjectKeyId))
  const byPublicKey = firstBy(found, (entry) => links.get(entry)?.subjectPublicKey)
  const byLocalKeyId = firstBy(found, ({ localKeyId }) => localKeyId && toHex(localKeyId))
  const byBoth = firstBy(found, (entry) => bothKey(links.get(entry)?.subjectPublicKey, entry.localKeyId))

  const issuerOf = (entry: FoundCertificate): FoundCertificate | undefined => {
    const link = links.get(entry)
    if (link === undefined || link.issuer === link.subject) return undefined
    return bySubjectKeyId.get(issuerKey(link.issuer, link.authorityKeyId) ?? '') ?? bySubject.get(link.issuer)
  }
  return {
    own(subjectPublicKey, localKeyId) {
      const publicKey = subjectPublicKey && toHex(subjectPublicKey)
      if (publicKey !== undefined) return byBoth.get(bothKey(publicKey, localKeyId) ?? '') ?? byPublicKey.get(publicKey)
      return localKeyId && byLocalKeyId.get(toHex(localKeyId))
    },
    chain(own) {
      const chain = [own]
      for (let next = issuerOf(own); next !== undefined && chain.length < longestChain; next = issuerOf(next)) {
        if (chain.includes(next)) break
        chain.push(next)
      }
      return chain
    },
  }
}

const issuerKey = (name: string | undefined, keyId: string | undefined): string | undefined =>
  name === undefined || keyId === undefined ? undefined : `${name} ${keyId}`

const bothKey = (publicKey: string | undefined, localKeyId: Uint8Array | undefined): string | undefined =>
  publicKey === undefined || localKeyId === undefined ? undefined : `${publicKey} ${toHex(localKeyId)}`

function firstBy(
  found: readonly FoundCertificate[],
  keyOf: (entry: FoundCertificate) => string | undefined,
): ReadonlyMap<string, FoundCertificate> {
  const map = new Map<string, FoundCertificate>()
  for (const entry of found) {
    const key = keyOf(entry)
    if (key !== undefined && !map.has(key)) map.set(key, entry)
  }
  return map
}

const ber: DecodeOptions = { encoding: 'ber' }

function linksOf(der: Uint8Array): Linked | undefined {
  try {
    const { subject, issuer, subjectPublicKeyInfo, extensions = [] } = Certificate.decode(der, ber).tbsCertificate.value
    const extension = (oid: string) => extensions.find(({ extnID }) => extnID === oid)?.extnValue
    const subjectKeyId = extension(extensionOid.subjectKeyIdentifier)
    const authorityKeyId = extension(extensionOid.authorityKeyIdentifier)
    const keyIdentifier = authorityKeyId && AuthorityKeyIdentifier.decode(authorityKeyId, ber).keyIdentifier
    return {
      subject: toHex(Name.encode(subject)),
      issuer: toHex(Name.encode(issuer)),
      subjectKeyId: subjectKeyId && toHex(SubjectKeyIdentifier.decode(subjectKeyId, ber)),
      authorityKeyId: keyIdentifier && toHex(keyIdentifier),
      subjectPublicKey: toHex(subjectPublicKeyInfo.subjectPublicKey.bytes),
    }
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

/** The octets of the subjectPublicKey of a certificate; `undefined` when it is not X.509 to us. */
export const subjectPublicKeyOf = (der: Uint8Array): string | undefined => linksOf(der)?.subjectPublicKey
