import { subjectPublicKeyInside } from '../../algorithms/index.js'
import { CertwrightError } from '../../errors.js'
import { SubjectPublicKeyInfo } from '../../x509/index.js'
import { PrivateKeyInfo } from '../pkcs8.js'
import type { Pkcs12Deps } from './types.js'

/** The octets of the subjectPublicKey of a private key, as far as it can be known. */
export async function subjectPublicKeyOfPrivateKey(
  { publicKeyOf }: Pick<Pkcs12Deps, 'publicKeyOf'>,
  privateKeyInfo: Uint8Array,
): Promise<Uint8Array | undefined> {
  const inside = subjectPublicKeyInside(PrivateKeyInfo.decode(privateKeyInfo, { encoding: 'ber' }))
  if (inside !== undefined || publicKeyOf === undefined) return inside
  try {
    return SubjectPublicKeyInfo.decode(await publicKeyOf(privateKeyInfo)).subjectPublicKey.bytes
  } catch (error) {
    if (error instanceof CertwrightError) return undefined
    throw error
  }
}
