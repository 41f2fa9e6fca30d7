import type { Extension } from '../../x509/index.js'
import type { Profile } from '../compile/index.js'
import { identityExtensions, publicationExtensions } from './authority.js'
import type { Context } from './context.js'
import { checkKey } from './keys.js'
import { decideNames } from './names.js'
import { allowedOverride } from './override.js'
import { copiedExtensions, overridingExtensions } from './request-extensions.js'
import { requestedGeneralNames } from './requested-names.js'
import { checkEmptySubject, decideSubject } from './subject.js'
import type { Evaluation, ProfileIssuer, ProfileRequest, ProfileRequester } from './types.js'
import { decideKeyUsage, decidePrivateKeyUsage, decidePurposes } from './usage.js'
import { decideValidity, wholeSeconds } from './validity.js'

/**
 * Evaluates a request under a profile. Pure: the same arguments give the same answer.
 *
 * @param issuer the CA that will sign; `undefined` for a self-signed certificate
 * @param requester whether they are privileged; what they override counts only as far as the profile lists it
 * @param now the present moment; validity starts there, less the profile's backdating, and never before the issuer's
 */
export function evaluate(
  profile: Profile,
  request: ProfileRequest,
  issuer: ProfileIssuer | undefined,
  requester: ProfileRequester,
  now: Date,
): Evaluation {
  const { override, violations } = allowedOverride(profile, request, requester)
  const notices: Context['notices'] = []
  const { config } = profile
  const context: Context = {
    profile,
    config,
    request,
    issuer,
    requester,
    now: wholeSeconds(now),
    override,
    violations,
    notices,
  }
  checkKey(context)
  const subject = decideSubject(context)
  const names = decideNames(context, subject)
  const purposes = decidePurposes(context)
  const copied = copiedExtensions(context)
  const validity = decideValidity(context)
  const published = publicationExtensions(context)
  const overriding = overridingExtensions(context)
  checkEmptySubject(context, subject, names !== undefined || asksForNames(context))
  if (violations.length > 0) return { ok: false, violations }
  const { first, after } = identityExtensions(context)
  const keyUsage = decideKeyUsage(context)
  const period = decidePrivateKeyUsage(context, validity)
  const extensions = [
    ...first,
    ...present(keyUsage),
    ...after,
    ...published,
    ...present(names),
    ...present(purposes),
    ...present(period),
    ...profile.extensions.always,
    ...copied,
  ]
  return { ok: true, fields: { subject, ...validity, extensions: replaced(extensions, overriding) }, notices }
}

/** A name that was refused is a name: there is no second complaint about it. */
const asksForNames = (context: Context): boolean =>
  requestedGeneralNames(context)?.length !== 0 || context.violations.some(({ code }) => code === 'subject-variable')

const present = (extension: Extension | undefined): Extension[] => (extension === undefined ? [] : [extension])

/** The extensions of a privileged requester count instead of those of the same type. */
const replaced = (extensions: readonly Extension[], overriding: readonly Extension[]): Extension[] => {
  const types = new Set(overriding.map(({ extnID }) => extnID))
  return [...extensions.filter(({ extnID }) => !types.has(extnID)), ...overriding]
}
