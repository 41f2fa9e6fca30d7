import type { Profile } from '../profile/index.js'
import { equalNames, Name } from '../x509/index.js'
import type { CaDeps, CertificateOrder } from './types.js'

/**
 * The subject of a renewal under a profile that builds subjects: that of the certificate before, as it was built. Who renews has
 * no values for the builder, and must not need any: the identity stays.
 *
 * @returns `undefined` for every other order: then the profile builds the subject, or takes the request's
 */
export async function keptSubject(
  { store }: Pick<CaDeps, 'store'>,
  issuer: string,
  { id, config }: Profile,
  { previousSerial, variables, subject }: CertificateOrder,
): Promise<Name | undefined> {
  if (config.subject.builder === undefined || previousSerial === undefined || variables !== undefined) return undefined
  const before = await store.certificates.get(issuer, previousSerial)
  if (before === undefined || before.status === 'reserved' || before.profile !== id) return undefined
  const kept = Name.decode(before.subjectDer)
  return equalNames(kept, subject) ? kept : undefined
}
