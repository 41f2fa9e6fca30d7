import { CertwrightError } from '../errors.js'
import type { CertificateStore, CrlRecord } from '../ports/index.js'
import { checkCrl } from '../storage/index.js'

/** The CRLs of `memoryStore`: of each issuer and scope the latest is all that can be asked for. */
export function memoryCrls(): Pick<CertificateStore, 'addCrl' | 'latestCrl' | 'crlScopes'> {
  const latest = new Map<string, CrlRecord>()
  const keyOf = (issuer: string, scope = 'full') => JSON.stringify([issuer, scope])
  return {
    async addCrl(crl) {
      checkCrl(crl)
      const key = keyOf(crl.issuer, crl.scope)
      const present = latest.get(key)?.number ?? 0
      if (crl.number <= present) {
        throw new CertwrightError('conflict', `the next CRL of this issuer and scope has a number above ${present}`)
      }
      latest.set(key, copyOf(crl))
    },
    async latestCrl(issuer, scope) {
      const crl = latest.get(keyOf(issuer, scope))
      return crl && copyOf(crl)
    },
    crlScopes: async () => [...latest.values()].map(({ issuer, scope = 'full' }) => ({ issuer, scope })),
  }
}

function copyOf({ issuer, scope, number, crl, thisUpdate, nextUpdate, position }: CrlRecord): CrlRecord {
  return {
    issuer,
    ...(scope === undefined || scope === 'full' ? {} : { scope }),
    number,
    crl: new Uint8Array(crl),
    thisUpdate: new Date(thisUpdate),
    nextUpdate: new Date(nextUpdate),
    ...(position === undefined ? {} : { position }),
  }
}
