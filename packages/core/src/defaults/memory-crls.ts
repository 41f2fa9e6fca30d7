import { CertwrightError } from '../errors.js'
import type { CertificateStore, CrlRecord } from '../ports/index.js'

/** The CRLs of `memoryStore`: of each issuer the latest is all that can be asked for. */
export function memoryCrls(): Pick<CertificateStore, 'addCrl' | 'latestCrl'> {
  const latest = new Map<string, CrlRecord>()
  return {
    async addCrl(crl) {
      const expected = (latest.get(crl.issuer)?.number ?? 0) + 1
      if (crl.number !== expected) {
        throw new CertwrightError('conflict', `the next CRL of this issuer has the number ${expected}`)
      }
      latest.set(crl.issuer, copyOf(crl))
    },
    async latestCrl(issuer) {
      const crl = latest.get(issuer)
      return crl && copyOf(crl)
    },
  }
}

function copyOf({ issuer, number, crl, thisUpdate, nextUpdate }: CrlRecord): CrlRecord {
  return {
    issuer,
    number,
    crl: new Uint8Array(crl),
    thisUpdate: new Date(thisUpdate),
    nextUpdate: new Date(nextUpdate),
  }
}
