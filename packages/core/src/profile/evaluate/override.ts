import type { Profile } from '../compile/index.js'
import type { Violation } from '../violations.js'
import type { ProfileOverride, ProfileRequest, ProfileRequester } from './types.js'

/** What of the override counts, and a violation for each part that does not. */
export function allowedOverride(
  { config }: Profile,
  { override = {} }: ProfileRequest,
  { privileged }: ProfileRequester,
): { readonly override: ProfileOverride; readonly violations: Violation[] } {
  const allowed = privileged ? (config.override ?? []) : []
  const asked = Object.entries(override).filter(([, value]) => value !== undefined)
  const violations = asked.flatMap(([name]): Violation[] => {
    if (allowed.some((word) => word === name)) return []
    const message = privileged
      ? 'is not to be overridden under this profile'
      : 'can only be decided by a privileged requester'
    const list = allowed.join(', ') || 'nothing'
    return [
      {
        code: 'override-not-allowed',
        field: name,
        message,
        found: name,
        allowed: list,
        fix: 'leave it out, or ask somebody with the privilege',
      },
    ]
  })
  const signs = override.keyUsage?.some((bit) => bit === 'keyCertSign' || bit === 'cRLSign') === true
  if (signs && !config.basicConstraints.cA) {
    const message = 'a certificate that is not for a CA cannot have keyCertSign or cRLSign'
    violations.push({
      code: 'override-not-allowed',
      field: 'keyUsage',
      message,
      found: 'keyCertSign or cRLSign',
      allowed: 'other usages',
      fix: 'leave them out',
    })
  }
  const kept = asked.filter(([name]) => allowed.some((word) => word === name))
  return { override: Object.fromEntries(kept), violations }
}
