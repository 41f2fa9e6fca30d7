import { CaaError, type CaaFinding, checkCaa, checkedIdentities } from '../caa/index.js'
import { CertwrightError } from '../errors.js'
import { otherNameOid, readOtherName } from '../pkix/index.js'
import type { Profile } from '../profile/index.js'
import { decodeExtension, type Extension, extensionOid, SubjectAlternativeName } from '../x509/index.js'
import type { CaaOptions, CertificateOrder } from './types.js'

/** What the DNS said before a certificate was prepared. */
export interface CaaAnswered {
  readonly findings: readonly CaaFinding[]
  readonly checkedAt: Date
}

/** Milliseconds that all lookups for one certificate may take together. */
const defaultTimeout = 30_000
/** How long an answer counts: eight hours, as the CA/Browser Forum has it; also over a clock set back. */
const maxAge = 8 * 3600 * 1000
/** Characters of the audit detail. */
const maxDetail = 1000

/**
 * Checks what a CA is told about CAA when it is opened.
 *
 * @throws CertwrightError `configuration` for a profile that requires CAA on a CA that cannot ask, and for faulty options
 */
export function checkCaaOptions(id: string, profiles: Iterable<Profile>, caa: CaaOptions | undefined): void {
  if (caa !== undefined) {
    checkedIdentities(caa.identities)
    const { timeout = defaultTimeout } = caa
    if (!(Number.isInteger(timeout) && timeout >= 1 && timeout <= 600_000)) {
      throw new CertwrightError('configuration', 'the timeout of CAA is 1 to 600000 milliseconds')
    }
    return
  }
  for (const profile of profiles) requireResolver(id, profile)
}

function requireResolver(id: string, profile: Profile): void {
  if (profile.config.caa !== 'required') return
  throw new CertwrightError('configuration', `"${profile.id}" requires CAA, and the CA ${id} has no resolver: set caa`)
}

/**
 * Asks the DNS about every domain name and mailbox that the certificate will have.
 *
 * @returns `undefined` when there is nothing to ask: no such names, a CA without resolver, a profile without CAA
 * @throws CaaError when a name is forbidden or its records cannot be had
 */
export async function askCaa(
  { id, caa }: { readonly id: string; readonly caa?: CaaOptions | undefined },
  profile: Profile,
  order: CertificateOrder,
  extensions: readonly Extension[],
  now: Date,
): Promise<CaaAnswered | undefined> {
  if (profile.config.caa === 'none') return undefined
  if (caa === undefined) {
    requireResolver(id, profile)
    return undefined
  }
  const { names, mailboxes } = namesOf(extensions)
  if (names.length + mailboxes.length === 0) return undefined
  const { resolver, identities, timeout = defaultTimeout } = caa
  const signal = AbortSignal.timeout(timeout)
  const decision = await checkCaa({ resolver, identities, signal }, { ...order.caa, names, mailboxes })
  if (!decision.allowed) throw new CaaError(decision)
  return { findings: decision.findings, checkedAt: now }
}

function namesOf(extensions: readonly Extension[]): { readonly names: string[]; readonly mailboxes: string[] } {
  const names: string[] = []
  const mailboxes: string[] = []
  for (const name of decodeExtension(SubjectAlternativeName, extensions, extensionOid.subjectAltName) ?? []) {
    if (name.type === 'dNSName') names.push(name.value)
    if (name.type === 'rfc822Name') mailboxes.push(name.value)
    if (name.type === 'otherName' && name.value.typeId === otherNameOid.smtpUTF8Mailbox) {
      const known = readOtherName(name.value)
      if (known?.type === 'smtpUTF8Mailbox') mailboxes.push(known.value)
    }
  }
  return { names, mailboxes }
}

/** @throws CertwrightError `ca` when a prepared certificate waited so long that its names must be asked for again */
export function requireFreshCaa(answered: CaaAnswered | undefined, now: Date): void {
  if (answered === undefined || Math.abs(now.getTime() - answered.checkedAt.getTime()) <= maxAge) return
  throw new CertwrightError(
    'ca',
    'the CAA records were looked up more than eight hours ago: prepare the certificate again',
  )
}

/** What the audit says of it. */
export const caaDetail = (answered: CaaAnswered | undefined): Readonly<Record<string, string>> =>
  answered === undefined
    ? {}
    : {
        caa: answered.findings
          .map(({ name, reason }) => `${name}: ${reason}`)
          .join('; ')
          .slice(0, maxDetail),
      }
