import { comparableDomain } from '../pkix/domain-name.js'
import type { GeneralName } from '../pkix/index.js'
import type { Name } from '../x509/index.js'
import { comparableRdns } from '../x509/name-compare.js'

/** A name of a certificate in the form in which constraints are applied to it. */
export type ConstrainedName =
  | { readonly type: 'dNSName'; readonly domain: string }
  | { readonly type: 'rfc822Name'; readonly localPart: string; readonly domain: string }
  | { readonly type: 'uniformResourceIdentifier'; readonly host: string }
  | { readonly type: 'iPAddress'; readonly address: Uint8Array }
  | { readonly type: 'directoryName'; readonly rdns: readonly string[] }

/** The forms of names that constraints are understood for. */
export type ConstrainedForm = ConstrainedName['type']

/** Whether a name lies within the base of a subtree; `undefined` for a base that is malformed. */
export type Matching = boolean | undefined

const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

/** Names of hosts, and of what lies below them: underscores occur, and a star as the first label. */
const hostName = /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/
const isHost = (text: string): boolean => text.length <= 253 && hostName.test(text)
const isNumeric = (text: string): boolean => /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(text)

/** A dNSName, or `undefined` for text that is none. */
export function dnsName(text: string): ConstrainedName | undefined {
  const domain = lower(text)
  return isHost(domain) ? { type: 'dNSName', domain } : undefined
}

/** A mailbox, RFC 5280 section 4.2.1.6; the domain of a SmtpUTF8Mailbox as A-labels (RFC 9598 section 6). */
export function mailName(text: string): ConstrainedName | undefined {
  const at = text.lastIndexOf('@')
  const localPart = text.slice(0, Math.max(at, 0))
  // What is written twice, and what is no domain, can be compared with nothing.
  const domain = comparableDomain(text.slice(at + 1))
  if (localPart === '' || (localPart.includes('@') && !localPart.startsWith('"')) || !isHost(domain)) return undefined
  return { type: 'rfc822Name', localPart, domain }
}

/** The characters of RFC 3986: programs disagree about where the host ends when there are others. */
const uriCharacters = /^[\w!#$%&'()*+,./:;=?@~[\]-]+$/

/** A URI with a host that has a name, which RFC 5280 section 4.2.1.10 asks for where URIs are constrained. */
export function uriName(text: string): ConstrainedName | undefined {
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(text)?.[1]
  if (authority === undefined || !uriCharacters.test(text)) return undefined
  const host = lower(authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, ''))
  return isHost(host) && !host.startsWith('*') && !isNumeric(host)
    ? { type: 'uniformResourceIdentifier', host }
    : undefined
}

/** An IPv4 or IPv6 address. */
export const ipName = (address: Uint8Array): ConstrainedName | undefined =>
  address.length === 4 || address.length === 16 ? { type: 'iPAddress', address } : undefined

/** A directory name. */
export const directoryName = (name: Name): ConstrainedName => ({ type: 'directoryName', rdns: comparableRdns(name) })

/**
 * Whether a name lies within a subtree, RFC 5280 section 4.2.1.10.
 *
 * @param excluded whether the subtree is one of excluded names: where a base can be read in two ways, more is excluded
 * @returns `undefined` for a base of another form, or malformed
 */
export function matches(name: ConstrainedName, base: GeneralName, excluded: boolean): Matching {
  if (name.type === 'dNSName')
    return base.type === name.type ? matchesDns(name.domain, base.value, excluded) : undefined
  if (name.type === 'rfc822Name') return base.type === name.type ? matchesMail(name, base.value) : undefined
  if (name.type === 'uniformResourceIdentifier') {
    return base.type === name.type ? matchesHost(name.host, base.value) : undefined
  }
  if (name.type === 'iPAddress') return base.type === name.type ? matchesAddress(name.address, base.value) : undefined
  return base.type === name.type ? matchesDirectory(name.rdns, base.value) : undefined
}

/** An empty base holds every name. A leading dot, which is no part of the syntax, is common: only names below match. */
function matchesDns(domain: string, base: string, excluded: boolean): Matching {
  const constraint = lower(base)
  if (constraint === '') return true
  const dotted = constraint.startsWith('.')
  const tree = dotted ? constraint.slice(1) : constraint
  if (!isHost(tree) || tree.startsWith('*')) return undefined
  if (domain.endsWith(`.${tree}`)) return true
  if (domain === tree) return !dotted || excluded
  // A wildcard stands for names of one more label, of which the excluded one may be one.
  return excluded && domain.startsWith('*.') && tree.slice(tree.indexOf('.') + 1) === domain.slice(2)
}

function matchesMail({ localPart, domain }: { localPart: string; domain: string }, base: string): Matching {
  if (base === '') return true
  const at = base.lastIndexOf('@')
  if (at < 0) return matchesHost(domain, base)
  const mailbox = mailName(base)
  if (mailbox?.type !== 'rfc822Name') return undefined
  return mailbox.localPart === localPart && mailbox.domain === domain
}

/** The host itself, or with a leading dot what lies below it. */
function matchesHost(host: string, base: string): Matching {
  const constraint = lower(base)
  if (constraint === '') return true
  const tree = constraint.startsWith('.') ? constraint.slice(1) : constraint
  if (!isHost(tree) || tree.startsWith('*')) return undefined
  return tree === constraint ? host === tree : host.endsWith(constraint)
}

/** Address and mask, RFC 4632: a mask is ones, then zeros. */
function matchesAddress(address: Uint8Array, base: Uint8Array): Matching {
  if (base.length !== 8 && base.length !== 32) return undefined
  const mask = base.subarray(base.length / 2)
  if (!/^1*0*$/.test(Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join(''))) return undefined
  if (address.length !== mask.length) return false
  return address.every((octet, index) => ((octet ^ (base[index] ?? 0)) & (mask[index] ?? 0)) === 0)
}

/** The RDNs of the base are the first ones of the name. */
function matchesDirectory(rdns: readonly string[], base: Name): boolean {
  if (base.length > rdns.length) return false
  return comparableRdns(base).every((rdn, index) => rdn === rdns[index])
}
