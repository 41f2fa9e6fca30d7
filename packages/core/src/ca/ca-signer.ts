import { equalBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { Signer } from '../ports/index.js'
import { Certificate, SubjectPublicKeyInfo } from '../x509/index.js'
import type { CaGeneration } from './ca-record.js'
import type { CaDeps } from './types.js'

/** Opens the key at its first use: a root's key is not even decrypted until the root signs. */
export function signerOf({ keys }: CaDeps, { keyId, certificate }: CaGeneration): () => Promise<Signer> {
  let opened: Promise<Signer> | undefined
  const open = async (): Promise<Signer> => {
    const signer = await keys.open(keyId)
    if (signer === undefined) throw new CertwrightError('key', `the key ${keyId} of the CA is not in the keystore`)
    const { subjectPublicKeyInfo } = Certificate.decode(certificate).tbsCertificate.value
    if (!equalBytes(SubjectPublicKeyInfo.encode(subjectPublicKeyInfo), signer.publicKey)) {
      throw new CertwrightError('key', `the key ${keyId} in the keystore is not the one in the CA certificate`)
    }
    return signer
  }
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
}
