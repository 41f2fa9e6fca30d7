/**
 * Our values and those of `node:crypto`. Only Node has them; the rest of core does not need this subpath.
 *
 * @example
 * ```ts run
 * import { generateKeyPairSync } from 'node:crypto'
 * import { memoryKeys, memoryStore, openCa } from '@certwright/core'
 * import { fromNodePublicKey, toNodeCertificate } from '@certwright/core/interop/node'
 * import { Certificate } from '@certwright/core/x509'
 *
 * const ca = await openCa(
 *   { store: memoryStore(), keys: memoryKeys() },
 *   { id: 'acme~devices', subject: 'CN=Acme Device CA', profile: 'basic-ca-root' },
 * )
 * const certificate = toNodeCertificate(Certificate.decode(ca.certificate))
 * console.log(certificate.subject, certificate.verify(certificate.publicKey)) // CN=Acme Device CA true
 *
 * const { publicKey } = generateKeyPairSync('ed25519')
 * console.log(fromNodePublicKey(publicKey).algorithm.algorithm) // 1.3.101.112
 * ```
 *
 * @module
 */
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { PrivateKeyInfo } from '../../cms/index.js'
import { CertwrightError } from '../../errors.js'
import { Certificate, SubjectPublicKeyInfo } from '../../x509/index.js'
import { readBy } from '../read-by.js'

/**
 * A certificate as Node's `X509Certificate`, of the same octets.
 *
 * @throws CertwrightError `asn1` when OpenSSL does not read it.
 */
export function toNodeCertificate(certificate: Certificate): X509Certificate {
  const der = Certificate.encode(certificate)
  return readBy('asn1', 'OpenSSL does not read this certificate', () => new X509Certificate(der))
}

/**
 * The certificate of an `X509Certificate`, for example of `socket.getPeerX509Certificate()`.
 *
 * @throws Asn1Error when it is not DER by RFC 5280, which OpenSSL does not ask for.
 */
export const fromNodeCertificate = (certificate: X509Certificate): Certificate => Certificate.decode(certificate.raw)

/**
 * A public key as a `KeyObject`, to verify with.
 *
 * @throws CertwrightError `key` when this Node does not know the algorithm or curve, or the key is none.
 */
export function toNodePublicKey(key: SubjectPublicKeyInfo): KeyObject {
  const der = SubjectPublicKeyInfo.encode(key)
  return readBy('key', 'this version of Node.js cannot use the public key', () =>
    createPublicKey({ key: der as Buffer, format: 'der', type: 'spki' }),
  )
}

/**
 * The SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) of a public or private key.
 *
 * @throws CertwrightError `key` for a secret key, which has no public half.
 */
export function fromNodePublicKey(key: KeyObject): SubjectPublicKeyInfo {
  if (key.type === 'secret') throw new CertwrightError('key', 'a secret key has no public key')
  const publicKey = key.type === 'public' ? key : createPublicKey(key)
  return SubjectPublicKeyInfo.decode(publicKey.export({ format: 'der', type: 'spki' }))
}

/**
 * A private key (PKCS #8, RFC 5958) as a `KeyObject`, to sign or decrypt with.
 *
 * @throws CertwrightError `key` when this Node does not know the algorithm or curve, or the key is none.
 */
export function toNodePrivateKey(key: PrivateKeyInfo): KeyObject {
  const der = PrivateKeyInfo.encode(key)
  try {
    return readBy('key', 'this version of Node.js cannot use the private key', () =>
      createPrivateKey({ key: der as Buffer, format: 'der', type: 'pkcs8' }),
    )
  } finally {
    der.fill(0)
  }
}

/**
 * The PrivateKeyInfo of a private key, in octets of its own: overwrite `privateKey` when it is no longer needed.
 *
 * @throws CertwrightError `key` when it is another kind of key.
 */
export function fromNodePrivateKey(key: KeyObject): PrivateKeyInfo {
  if (key.type !== 'private') throw new CertwrightError('key', `expected a private key, not a ${key.type} key`)
  return PrivateKeyInfo.decode(key.export({ format: 'der', type: 'pkcs8' }))
}
