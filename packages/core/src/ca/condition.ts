import { equalBytes, toHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { CertificateRecord } from '../ports/index.js'
import { Certificate } from '../x509/index.js'
import { type CaCondition, type CaRecord, isCaCondition, readCaRecord, writeCaRecord } from './ca-record.js'
import { createClockGuard } from './clock-guard.js'
import { auditDecision, auditingRefusal } from './decisions.js'
import type { CaDeps, Issuer, StatusActor } from './types.js'

/** For so long, in milliseconds, what was read of a CA's condition holds: a node need not ask for every certificate. */
const holds = 1000

/** Times the record is read again while somebody else writes it. */
const maxAttempts = 5

/** Knows whether a CA may sign, and changes it. */
export interface Conditions {
  condition(): Promise<CaCondition>
  setCondition(condition: CaCondition, by: StatusActor): Promise<void>
  /**
   * @throws CertwrightError `ca` when the CA is offline, or, for certificates, when it is retired, its certificate is revoked,
   *   held or not valid now, or the clock has run backwards.
   */
  mayIssue(what: 'certificates' | 'lists'): Promise<void>
}

/** The condition of a CA, read from its record and from the inventory of the CA above, or of a root from its own. */
export function createConditions(
  deps: CaDeps,
  id: string,
  { certificate }: Pick<CaRecord, 'certificate'>,
  issuer: Issuer | undefined,
): Conditions {
  const checkClock = createClockGuard(deps.clock)
  const tbs = Certificate.decode(certificate).tbsCertificate.value
  const { notBefore, notAfter } = tbs.validity
  const serial = toHex(tbs.serialNumber)
  const ofRoot = async (): Promise<CertificateRecord | undefined> => {
    const record = await deps.store.certificates.get(id, serial)
    return record?.certificate && equalBytes(record.certificate, certificate) ? record : undefined
  }
  let known: { readonly at: number; readonly condition: CaCondition; readonly revoked: boolean } | undefined

  async function read() {
    const at = deps.clock.now().getTime()
    // A clock that runs backwards makes what is known old, not eternal.
    if (known !== undefined && Math.abs(at - known.at) < holds) return known
    const [found, own] = await Promise.all([readCaRecord(deps, id), issuer?.recordOf(certificate) ?? ofRoot()])
    if (found === undefined) throw new CertwrightError('store', `the record of the CA ${id} is gone`)
    const revoked = own !== undefined && own.status !== 'issued'
    known = { at, condition: found.record.condition, revoked }
    return known
  }

  return Object.freeze({
    condition: async () => (await read()).condition,

    async setCondition(condition, by) {
      const details = { ca: id, condition }
      const decide = () => auditDecision(deps, 'ca.condition-changed', by, details)
      await auditingRefusal(
        deps,
        'ca.refused',
        by,
        (failure) => ({ ...details, operation: 'condition', ...failure }),
        () => change(deps, id, condition, decide),
      )
      known = undefined
    },

    async mayIssue(what) {
      const { condition, revoked } = await read()
      if (condition === 'offline') throw new CertwrightError('ca', `the CA ${id} is offline`)
      if (what === 'lists') return
      if (condition === 'retired') throw new CertwrightError('ca', `the CA ${id} is retired and issues no certificates`)
      checkClock()
      const now = deps.clock.now()
      // Also what was prepared before the end is not signed after it.
      if (now < notBefore || now > notAfter) {
        throw new CertwrightError('ca', `the CA ${id} is outside its own validity and cannot issue`)
      }
      if (revoked) throw new CertwrightError('ca', `the certificate of the CA ${id} is revoked or held`)
    },
  } satisfies Conditions)
}

/** Audits the decision before it is written: what is in force was recorded by somebody. */
async function change(deps: CaDeps, id: string, condition: CaCondition, decide: () => Promise<void>): Promise<void> {
  if (!isCaCondition(condition)) throw new CertwrightError('configuration', 'a CA is online, offline or retired')
  let decided: Promise<void> | undefined
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const found = await readCaRecord(deps, id)
    if (found === undefined) throw new CertwrightError('store', `the record of the CA ${id} is gone`)
    const { record, version } = found
    if (record.condition === 'retired' && condition !== 'retired')
      throw new CertwrightError('conflict', `the CA ${id} is retired, which is for good`)
    decided ??= decide()
    await decided
    if (record.condition === condition) return
    if (await writeCaRecord(deps, id, { ...record, condition }, version)) return
  }
  throw new CertwrightError('conflict', `the record of the CA ${id} kept changing; try again`)
}
