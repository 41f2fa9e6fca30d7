import { describePublicKey, keyTypeOf } from '../algorithms/index.js'
import { type Profile, ProfileViolationError } from '../profile/index.js'
import type { CertificateOrder } from './types.js'

/**
 * Who may make the key, by the profile's `p12`: the server only where the profile has it, and then a key of that type; the
 * requester unless the profile says otherwise.
 *
 * @throws ProfileViolationError
 */
export function checkKeyOrigin(profile: Profile, order: Pick<CertificateOrder, 'serverKey' | 'publicKey'>): void {
  const { p12 } = profile.config
  if (order.serverKey !== true) {
    if (p12?.requests !== false) return
    throw refused(profile, 'the server makes the keys of this profile', 'order a key with the certificate')
  }
  if (p12 === undefined) throw refused(profile, 'the server makes no keys for this profile', 'bring a key of your own')
  if (keyTypeOf(describePublicKey(order.publicKey)) === p12.keyType) return
  throw refused(profile, `the server makes ${p12.keyType} keys for this profile`, 'order a key of that type')
}

const refused = ({ id }: Profile, message: string, fix: string): ProfileViolationError =>
  new ProfileViolationError(id, [{ code: 'server-key', field: 'publicKey', message, fix }])
