import { signatureAlgorithmIdentifier } from '../algorithms/index.js'
import { fromHex, toSigned } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { LintError, lintCrl } from '../lint/index.js'
import type { CrlRecord, RevocationReason, RevokedEntry, Signer } from '../ports/index.js'
import {
  AuthorityKeyIdentifier,
  CertificateList,
  CRLNumber,
  CRLReason,
  type Extension,
  extensionOid,
  InvalidityDate,
  type Name,
  type TBSCertificate,
  TBSCertList,
} from '../x509/index.js'
import { auditOf } from './audit.js'
import type { CaDeps, CrlOptions } from './types.js'

/** The CA on whose behalf a list is made. */
export interface CrlAuthority {
  readonly id: string
  readonly subject: Name
  readonly keyIdentifier: Uint8Array
  readonly tbs: TBSCertificate
  signer(): Promise<Signer>
}

const hour = 3_600_000

/** Attempts to record a list while other processes record theirs. */
const maxAttempts = 5

/** Full CRLs of one CA: version 2, with CRL number and authority key identifier (RFC 5280 section 5). */
export function createCrls(deps: CaDeps, authority: CrlAuthority, options: CrlOptions) {
  let running: Promise<CrlRecord> | undefined

  /** Makes and records the next list. */
  async function issue(): Promise<CrlRecord> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const latest = await deps.store.certificates.latestCrl(authority.id)
      const record = await build(deps, authority, options, latest)
      try {
        await deps.store.certificates.addCrl(record)
        await auditCrl(deps, record)
        return record
      } catch (error) {
        if (!(error instanceof CertwrightError && error.code === 'conflict')) throw error
      }
    }
    throw new CertwrightError('conflict', 'other nodes kept recording CRLs of this CA; try again')
  }

  /** The current list, made anew when it is due; concurrent callers share the work. */
  async function current(): Promise<CrlRecord> {
    const latest = await deps.store.certificates.latestCrl(authority.id)
    const now = deps.clock.now().getTime()
    if (latest !== undefined && now < latest.thisUpdate.getTime() + options.intervalHours * hour) return latest
    running ??= issue().finally(() => {
      running = undefined
    })
    return running
  }

  return Object.freeze({ issue, current })
}

async function build(
  { store, clock, crypto }: CaDeps,
  authority: CrlAuthority,
  { validityHours }: CrlOptions,
  latest: CrlRecord | undefined,
): Promise<CrlRecord> {
  const signer = await authority.signer()
  const thisUpdate = new Date(Math.floor(clock.now().getTime() / 1000) * 1000)
  const nextUpdate = new Date(thisUpdate.getTime() + validityHours * hour)
  const number = (latest?.number ?? 0) + 1
  const revoked: RevokedEntry[] = []
  // An expired certificate stays on one list after its end (RFC 5280 section 3.3), then leaves.
  for await (const entry of store.certificates.revoked(authority.id)) {
    if (latest === undefined || entry.notAfter >= latest.thisUpdate) revoked.push(entry)
  }
  const tbsCertList = toSigned(TBSCertList, {
    version: 1,
    signature: signatureAlgorithmIdentifier(signer.algorithm),
    issuer: authority.subject,
    thisUpdate,
    nextUpdate,
    ...(revoked.length === 0 ? {} : { revokedCertificates: revoked.map((entry) => crlEntry(entry, thisUpdate)) }),
    crlExtensions: crlExtensions(authority.keyIdentifier, number),
  })
  const errors = lintCrl({ tbs: tbsCertList.value, issuer: authority.tbs }).filter(({ level }) => level === 'error')
  if (errors.length > 0) throw new LintError(errors)
  const signature = await signer.sign(tbsCertList.bytes)
  if (!(await crypto.verify(signer.algorithm, signer.publicKey, tbsCertList.bytes, signature))) {
    throw new CertwrightError('signature', 'the signature that the CA key made over the CRL does not verify')
  }
  const crl = CertificateList.encode({
    tbsCertList,
    signatureAlgorithm: signatureAlgorithmIdentifier(signer.algorithm),
    signatureValue: { unusedBits: 0, bytes: signature },
  })
  return { issuer: authority.id, number, crl, thisUpdate, nextUpdate }
}

function crlExtensions(keyIdentifier: Uint8Array, number: number): Extension[] {
  return [
    {
      extnID: extensionOid.authorityKeyIdentifier,
      critical: false,
      extnValue: AuthorityKeyIdentifier.encode({ keyIdentifier }),
    },
    { extnID: extensionOid.cRLNumber, critical: false, extnValue: CRLNumber.encode(BigInt(number)) },
  ]
}

function crlEntry({ serial, revokedAt, reason, invalidityDate }: RevokedEntry, thisUpdate: Date) {
  // Another node, whose clock is ahead, may have revoked it: that is no reason to withhold the news (section 5.1.2.6).
  const revoked = Math.min(wholeSecond(revokedAt), thisUpdate.getTime())
  const entry = { userCertificate: fromHex(serial), revocationDate: new Date(revoked) }
  const crlEntryExtensions: Extension[] = []
  if (reason !== 'unspecified') {
    // RFC 5280 section 5.3.1: absent rather than unspecified
    const extnValue = CRLReason.encode(reason satisfies RevocationReason)
    crlEntryExtensions.push({ extnID: extensionOid.reasonCode, critical: false, extnValue })
  }
  if (invalidityDate !== undefined) {
    const extnValue = InvalidityDate.encode(new Date(wholeSecond(invalidityDate)))
    crlEntryExtensions.push({ extnID: extensionOid.invalidityDate, critical: false, extnValue })
  }
  return crlEntryExtensions.length === 0 ? entry : { ...entry, crlEntryExtensions }
}

const wholeSecond = (date: Date): number => Math.floor(date.getTime() / 1000) * 1000

async function auditCrl(deps: CaDeps, { issuer, number, nextUpdate }: CrlRecord): Promise<void> {
  await auditOf(deps).record({
    time: deps.clock.now(),
    type: 'crl.issued',
    actor: null,
    requestId: `crl:${issuer}:${number}`,
    details: { issuer, number, nextUpdate: nextUpdate.toISOString() },
  })
}
