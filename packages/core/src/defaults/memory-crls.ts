import { CertwrightError } from '../errors.js'
import type { CertificateStore, CrlIntent, CrlRecord } from '../ports/index.js'
import { checkCrl, crlSequence } from '../storage/index.js'

type Crls = Pick<CertificateStore, 'reserveCrl' | 'lastCrlNumber' | 'addCrl' | 'latestCrl' | 'crlScopes'>

/** The CRLs of `memoryStore`: of each issuer and scope the latest is all that can be asked for. */
export function memoryCrls(): Crls {
  const latest = new Map<string, CrlRecord>()
  const numbers = new Map<string, number>()
  const intents = new Map<string, CrlIntent>()
  const keyOf = (issuer: string, name = 'full') => JSON.stringify([issuer, name])
  const sequenceOf = (crl: CrlRecord | CrlIntent) => keyOf(crl.issuer, crlSequence(crl))
  const lastOf = (sequence: string) => numbers.get(sequence) ?? 0
  return {
    async reserveCrl(intent) {
      checkCrl(intent)
      const sequence = sequenceOf(intent)
      if (intent.number <= lastOf(sequence)) throw taken(lastOf(sequence))
      numbers.set(sequence, intent.number)
      const { tbsCertList, ...facts } = intent
      const latestOfScope = { ...copyOf(facts), tbsCertList: new Uint8Array(tbsCertList) }
      intents.set(keyOf(intent.issuer, intent.scope), latestOfScope)
    },
    lastCrlNumber: async (issuer, sequence) => lastOf(keyOf(issuer, sequence)),
    async addCrl(crl) {
      checkCrl(crl)
      const key = keyOf(crl.issuer, crl.scope)
      const present = latest.get(key)?.number ?? 0
      if (crl.number <= present) throw taken(present)
      const { crl: octets, ...facts } = crl
      const sequence = sequenceOf(crl)
      latest.set(key, { ...copyOf(facts), crl: new Uint8Array(octets) })
      if ((intents.get(key)?.number ?? 0) <= crl.number) intents.delete(key)
      numbers.set(sequence, Math.max(lastOf(sequence), crl.number))
    },
    async latestCrl(issuer, scope) {
      const record = latest.get(keyOf(issuer, scope))
      if (record === undefined) return undefined
      const { crl, ...facts } = record
      return { ...copyOf(facts), crl: new Uint8Array(crl) }
    },
    crlScopes: async () => [...latest.values()].map(({ issuer, scope = 'full' }) => ({ issuer, scope })),
  }
}

const taken = (number: number): CertwrightError =>
  new CertwrightError('conflict', `the next CRL of this issuer has a number above ${number}`)

function copyOf(facts: Omit<CrlRecord, 'crl'>): Omit<CrlRecord, 'crl'> {
  const { issuer, scope, number, thisUpdate, nextUpdate, position, base } = facts
  const sequence = crlSequence(facts)
  return {
    issuer,
    ...(scope === undefined || scope === 'full' ? {} : { scope }),
    ...(sequence === (scope ?? 'full') ? {} : { sequence }),
    number,
    thisUpdate: new Date(thisUpdate),
    nextUpdate: new Date(nextUpdate),
    ...(position === undefined ? {} : { position }),
    ...(base === undefined ? {} : { base: { number: base.number, nextUpdate: new Date(base.nextUpdate) } }),
  }
}
