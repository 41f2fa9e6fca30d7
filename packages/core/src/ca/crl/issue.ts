import { signatureAlgorithmIdentifier } from '../../algorithms/index.js'
import { CertwrightError } from '../../errors.js'
import type { CrlIntent, CrlRecord, Signer } from '../../ports/index.js'
import { signedStructure } from '../../x509/index.js'
import { auditDecision, program, requireAudit } from '../decisions.js'
import type { CaDeps } from '../types.js'
import type { CrlDraft } from './draft.js'

/** Attempts to record a list while other processes record theirs. */
const maxAttempts = 10

/**
 * Makes a list: draft, record what is to be signed, sign, verify our own signature, audit, record the list. Only what is
 * recorded is handed out; a crash before leaves an intent whose number is not used again.
 *
 * @param draft builds the next list from what the store says; again, when another node took its number
 */
export async function issueCrl(deps: CaDeps, draft: () => Promise<CrlDraft>): Promise<CrlRecord> {
  const { certificates } = deps.store
  await requireAudit(deps, 'crl')
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { intent, signer } = await draft()
    if (!(await succeeds(certificates.reserveCrl(intent)))) continue
    const { tbsCertList, ...facts } = intent
    const record: CrlRecord = { ...facts, crl: await sign(deps, intent, signer) }
    await auditCrl(deps, record)
    if (await succeeds(certificates.addCrl(record))) {
      await announce(deps, record)
      return record
    }
  }
  throw new CertwrightError('conflict', 'other nodes kept recording CRLs of this CA; try again')
}

/** Whether a write went through; what another node did before is no error. */
async function succeeds(write: Promise<void>): Promise<boolean> {
  try {
    await write
    return true
  } catch (error) {
    if (error instanceof CertwrightError && error.code === 'conflict') return false
    throw error
  }
}

async function sign({ crypto }: CaDeps, { tbsCertList }: CrlIntent, signer: Signer): Promise<Uint8Array> {
  const signature = await signer.sign(tbsCertList)
  if (!(await crypto.verify(signer.algorithm, signer.publicKey, tbsCertList, signature))) {
    throw new CertwrightError('signature', 'the signature that the CA key made over the CRL does not verify')
  }
  return signedStructure(tbsCertList, signatureAlgorithmIdentifier(signer.algorithm), signature)
}

async function auditCrl(deps: CaDeps, { issuer, scope = 'full', number, nextUpdate, base }: CrlRecord): Promise<void> {
  await auditDecision(deps, 'crl.issued', program(`crl:${issuer}:${scope}:${number}`), {
    issuer,
    scope,
    number,
    nextUpdate: nextUpdate.toISOString(),
    ...(base === undefined ? {} : { base: base.number }),
  })
}

/** A list that could not be published is recorded all the same: whoever publishes it tries again. */
async function announce({ crlIssued, logger }: CaDeps, record: CrlRecord): Promise<void> {
  try {
    await crlIssued?.(record)
  } catch (error) {
    logger.error('a CRL was made and could not be published', { issuer: record.issuer, number: record.number, error })
  }
}
