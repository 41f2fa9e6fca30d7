import { Asn1Error } from '../../../asn1/index.js'
import { policyOid, UserNotice } from '../../../x509/index.js'
import type { CertificateView } from '../../certificate-view.js'

/** The user notices of all policies; those that are malformed are left out. */
export function userNotices({ value }: CertificateView): readonly UserNotice[] {
  const notices: UserNotice[] = []
  for (const { policyQualifiers = [] } of value.certificatePolicies ?? []) {
    for (const { policyQualifierId, qualifier } of policyQualifiers) {
      if (policyQualifierId !== policyOid.userNotice) continue
      const notice = decodeNotice(qualifier)
      if (notice !== undefined) notices.push(notice)
    }
  }
  return notices
}

function decodeNotice(qualifier: Uint8Array): UserNotice | undefined {
  try {
    return UserNotice.decode(qualifier)
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

/** The explicit texts of all user notices. */
export const explicitTexts = (view: CertificateView): readonly { readonly type: string; readonly value: string }[] =>
  userNotices(view).flatMap(({ explicitText }) => (explicitText === undefined ? [] : [explicitText]))

/** Whether a policy has a qualifier: the rules on texts look no further otherwise. */
export const hasQualifiers = ({ value }: CertificateView): boolean =>
  value.certificatePolicies?.some(({ policyQualifiers }) => policyQualifiers !== undefined) === true
