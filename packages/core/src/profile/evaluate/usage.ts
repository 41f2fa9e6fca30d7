import {
  ExtendedKeyUsage,
  type Extension,
  extensionOid,
  KeyUsage,
  oidName,
  PrivateKeyUsagePeriod,
} from '../../x509/index.js'
import { keyUsageFor, reservedPurposes } from '../compile/index.js'
import { type Context, decodeRequested, refuse, requested } from './context.js'

const maxPurposes = 50
const field = 'extendedKeyUsage'

/** The keyUsage extension: the profile's for this family of keys, or a privileged requester's. */
export function decideKeyUsage({ config, request, override }: Context): Extension | undefined {
  if (config.suppress?.includes('keyUsage') === true) return undefined
  const bits = override.keyUsage ?? keyUsageFor(config, request.key.family)
  return { extnID: extensionOid.keyUsage, critical: true, extnValue: KeyUsage.encode(new Set(bits)) }
}

/** The extendedKeyUsage extension: what the profile always has and what it lets the request add. */
export function decidePurposes(context: Context): Extension | undefined {
  const rule = context.config.extendedKeyUsage ?? {}
  const { extendedKeyUsage: free } = context.override
  const purposes = free?.purposes ?? [...new Set([...(rule.always ?? []), ...requestedPurposes(context)])]
  if (purposes.length > maxPurposes) {
    refusePurposes(
      context,
      `names more than ${maxPurposes} purposes`,
      `${purposes.length} purposes`,
      `at most ${maxPurposes}`,
    )
    return undefined
  }
  if (purposes.length === 0) {
    if (rule.required === true) {
      refuse(context, {
        code: 'purpose-missing',
        field,
        message: 'is required by the profile',
        found: 'none',
        allowed: rule.allowed?.join(', ') ?? 'one or more',
        fix: 'name a purpose in the request',
      })
    }
    return undefined
  }
  const critical = free === undefined ? rule.critical === true : free.critical === true
  return { extnID: extensionOid.extendedKeyUsage, critical, extnValue: ExtendedKeyUsage.encode([...purposes]) }
}

function requestedPurposes(context: Context): readonly string[] {
  const { request = 'ignored', always = [], allowed } = context.config.extendedKeyUsage ?? {}
  const asked = request === 'ignored' ? undefined : requested(context, extensionOid.extendedKeyUsage)
  if (asked === undefined) return []
  const purposes = decodeRequested(context, ExtendedKeyUsage, asked) ?? []
  const added = purposes.filter((oid) => !always.includes(oid))
  if (request === 'refused' && added.length > 0) {
    refusePurposes(context, 'the request may not name purposes', named(added), named(always))
    return []
  }
  refuseReserved(context, added)
  const strange = allowed === undefined ? [] : added.filter((oid) => !allowed.includes(oid))
  if (strange.length > 0)
    refusePurposes(context, `the profile does not allow ${named(strange)}`, named(strange), named(allowed ?? []))
  return added
}

/** Refuses purposes that no request may name, in whatever extension it names them. */
export function refuseReserved(context: Context, purposes: readonly string[]): void {
  const reserved = purposes.flatMap((oid) => reservedPurposes.get(oid) ?? [])
  if (reserved.length > 0)
    refusePurposes(context, `a request may not name ${reserved.join(' and ')}`, reserved.join(', '), 'other purposes')
}

const named = (oids: readonly string[]): string =>
  oids
    .slice(0, 10)
    .map((oid) => oidName(oid) ?? oid)
    .join(', ')

const refusePurposes = (context: Context, message: string, found: string, allowed: string): void =>
  refuse(context, {
    code: 'purpose-not-allowed',
    field,
    message,
    found,
    allowed,
    fix: 'leave these purposes out of the request',
  })

/** The privateKeyUsagePeriod extension: a part of the validity, from its beginning (RFC 3280 section 4.2.1.4). */
export function decidePrivateKeyUsage(
  { config, override }: Context,
  { notBefore, notAfter }: { readonly notBefore: Date; readonly notAfter: Date },
): Extension | undefined {
  const rule = override.privateKeyUsagePeriod ?? config.privateKeyUsagePeriod
  if (rule === undefined) return undefined
  const length = Math.floor(((notAfter.getTime() - notBefore.getTime()) / 1000) * (rule.percent / 100)) * 1000
  const extnValue = PrivateKeyUsagePeriod.encode({ notBefore, notAfter: new Date(notBefore.getTime() + length) })
  return { extnID: extensionOid.privateKeyUsagePeriod, critical: false, extnValue }
}
