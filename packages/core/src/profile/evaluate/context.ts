import { Asn1Error, type Schema } from '../../asn1/index.js'
import { type Extension, oidName } from '../../x509/index.js'
import type { Profile } from '../compile/index.js'
import type { ProfileConfig } from '../config/index.js'
import type { Violation } from '../violations.js'
import type { ProfileIssuer, ProfileOverride, ProfileRequest, ProfileRequester } from './types.js'

/** One evaluation: what is looked at, and what was found so far. */
export interface Context {
  readonly profile: Profile
  readonly config: ProfileConfig
  readonly request: ProfileRequest
  readonly issuer: ProfileIssuer | undefined
  readonly requester: ProfileRequester
  /** The present moment, in whole seconds. */
  readonly now: Date
  /** What the requester may override and does. */
  readonly override: ProfileOverride
  readonly violations: Violation[]
  readonly notices: Violation[]
}

/** Adds a violation. */
export const refuse = ({ violations }: Context, violation: Violation): void => void violations.push(violation)

/** Adds a violation or a notice, as the mode says. */
export function judge(
  { violations, notices }: Context,
  mode: 'off' | 'log' | 'block' | 'allow' | 'refuse',
  violation: Violation,
): void {
  if (mode === 'block' || mode === 'refuse') violations.push(violation)
  else if (mode === 'log') notices.push(violation)
}

/** The extension of a type in the request. */
export const requested = ({ request }: Context, oid: string): Extension | undefined =>
  request.extensions.find(({ extnID }) => extnID === oid)

/** The name of an extension for people. */
export const extensionName = (oid: string): string => oidName(oid) ?? `extension ${oid}`

/** The value of an extension of the request; malformed ones are a violation. */
export function decodeRequested<T>(
  context: Context,
  schema: Schema<T>,
  { extnID, extnValue }: Extension,
): T | undefined {
  try {
    return schema.decode(extnValue)
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    refuse(context, {
      code: 'extension-malformed',
      field: extensionName(extnID),
      message: `is malformed: ${error.message}`,
      fix: 'correct the extension in the request, or leave it out',
    })
    return undefined
  }
}
