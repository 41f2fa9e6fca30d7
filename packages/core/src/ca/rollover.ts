import { CertwrightError } from '../errors.js'
import type { Signer } from '../ports/index.js'
import { compileProfile, type ProfileConfig } from '../profile/index.js'
import { Certificate, type Name, parseName, type TBSCertificate } from '../x509/index.js'
import { createAuthority } from './authority.js'
import { type CaGeneration, type CaRecord, readCaRecord, writeCaRecord } from './ca-record.js'
import { signerOf } from './ca-signer.js'
import { crlList } from './crl/list-name.js'
import { onList } from './crl/signing-lists.js'
import { auditDecision, auditingRefusal, certificateDetails } from './decisions.js'
import { caRequestPrefix } from './ids.js'
import { createIssuance } from './issuance.js'
import { certifyKey, checkIssuer, checkUnchanged, issuerId, openOrGenerate } from './open-ca.js'
import { resolveProfile } from './profiles.js'
import type { CaDeps, CaOptions, CertificateAuthority, StatusActor } from './types.js'

/**
 * Gives a CA a new key and a new certificate, and with another `subject` a new name. What was issued under the key before stays valid, and
 * the certificate before stays in `caGenerations`. A root also certifies the new key with the old one and the old key with
 * the new one (RFC 4210 section 4.4), for those who trust only one of the two. Cut off by a crash, it is continued by the
 * next call with the same `requestId`; with the id of a finished rollover nothing happens.
 *
 * A CA whose issuer is elsewhere gets its new key by `requestCa` with `rollover`.
 *
 * @param options as for `createOrOpenCa`; `keyType` and `subject` are those of the new key. From then on the CA is opened with
 *   this subject
 * @returns the CA with its new key; nodes that have it open go on with the key before until they open it again
 * @throws CertwrightError `ca` when the CA does not exist or is not online; what issuing throws.
 */
export const rollOverCa = (deps: CaDeps, options: CaOptions, by: StatusActor): Promise<CertificateAuthority> =>
  auditingRefusal(
    deps,
    'ca.refused',
    by,
    (failure) => ({ ca: options.id, operation: 'rollover', ...failure }),
    () => rollOver(deps, options, by),
  )

async function rollOver(deps: CaDeps, options: CaOptions, by: StatusActor): Promise<CertificateAuthority> {
  const found = await readCaRecord(deps, options.id)
  if (found?.record.state !== 'active') throw new CertwrightError('ca', `there is no CA ${options.id} to roll over`)
  const { record, version } = found
  const subject = parseName(options.subject)
  checkIssuer(record, options)
  const keyIds = [...record.generations, record].map(({ keyId }) => keyId)
  const isDone = keyIds.some((keyId, index) => keyId === keyIdOf(options.id, index + 1, by.requestId))
  if (isDone) {
    checkUnchanged(record, options, subject)
    return createAuthority(deps, options, record)
  }
  if (record.condition !== 'online') throw new CertwrightError('ca', `the CA ${options.id} is ${record.condition}`)
  if (options.issuer === 'outside') {
    const way = 'ask for its certificate with requestCa and `rollover`, then install it'
    throw new CertwrightError('configuration', `the issuer of the CA ${options.id} is elsewhere: ${way}`)
  }
  const next = await newGeneration(deps, options, record, subject, by)
  await auditDecision(deps, 'ca.rolled-over', by, {
    ca: options.id,
    issuer: issuerId(options),
    keyId: next.keyId,
    generation: next.generations.length + 1,
    subject: next.subject,
    ...certificateDetails(next.certificate),
  })
  if (!(await writeCaRecord(deps, options.id, next, version))) {
    throw new CertwrightError('conflict', `the CA ${options.id} was changed at the same time; try again`)
  }
  return createAuthority(deps, options, next)
}

/** The id of a key that a rollover makes: it tells which. */
export const keyIdOf = (id: string, generation: number, requestId: string): string => `${id}~${generation}~${requestId}`

async function newGeneration(
  deps: CaDeps,
  options: CaOptions,
  record: CaRecord,
  subject: Name,
  by: StatusActor,
): Promise<CaRecord> {
  const number = record.generations.length + 2
  const keyId = keyIdOf(options.id, number, by.requestId)
  const signer = await openOrGenerate(deps, keyId, options.keyType ?? 'ecdsa-p256')
  // One that was cut off, and whose request nobody knows any more, must not be in the way of the next.
  const request = `${number}:${by.requestId}`
  const { certificate } = await certifyKey(deps, options, signer, subject, request)
  const before = { keyId: record.keyId, certificate: record.certificate }
  const crossCertificates =
    options.issuer === undefined
      ? await crossCertify(deps, options, before, { signer, certificate, number, request })
      : []
  const generations = [...record.generations, { ...before, crossCertificates }]
  return { ...record, subject: options.subject, keyId, certificate, generations }
}

/** The new key certified by the old one, and the old by the new: RFC 4210 section 4.4, newWithOld and oldWithNew. */
async function crossCertify(
  deps: CaDeps,
  options: CaOptions,
  before: CaGeneration,
  { signer, certificate, number, request }: NextKey,
): Promise<readonly Uint8Array[]> {
  const { value: oldTbs } = Certificate.decode(before.certificate).tbsCertificate
  // Nobody verifies anything with a key that has ended.
  if (oldTbs.validity.notAfter < deps.clock.now()) return []
  const oldSigner = await signerOf(deps, before)()
  const { value: newTbs } = Certificate.decode(certificate).tbsCertificate
  // Not self-signed, though mostly in one name: they need the authority key identifier that tells the keys apart.
  const { config } = resolveProfile(options.profile)
  const profile = compileProfile(crossProfile(config))
  const issuance = createIssuance(deps)
  const cross = async (name: string, { publicKey, subject }: CrossSubject, by: CrossSigner): Promise<Uint8Array> => {
    const { id, urls = {}, keyIdentifiers } = options
    const { tbs, signer, generation } = by
    const signing = { id, subject: tbs.subject, tbs, urls, keyIdentifiers, signer: async () => signer }
    const authority = onList(signing, crlList({ generation, delta: false }))
    const requestId = `${caRequestPrefix}${id}:${request}:${name}`
    const { notAfter } = oldTbs.validity
    const order = {
      requestId,
      profile: profile.id,
      requester: `ca:${id}`,
      publicKey,
      subject,
      extensions: [],
      notAfter,
    }
    return (await issuance.issue(await issuance.prepare(authority, profile, order))).certificate
  }
  return [
    await cross(
      'new-with-old',
      { ...newTbs, publicKey: signer.publicKey },
      { signer: oldSigner, tbs: oldTbs, generation: number - 1 },
    ),
    await cross(
      'old-with-new',
      { ...oldTbs, publicKey: oldSigner.publicKey },
      { signer, tbs: newTbs, generation: number },
    ),
  ]
}

/** A key that a CA gets, with its certificate. */
interface NextKey {
  readonly signer: Signer
  readonly certificate: Uint8Array
  readonly number: number
  readonly request: string
}

interface CrossSubject {
  readonly publicKey: Uint8Array
  readonly subject: Name
}

interface CrossSigner {
  readonly signer: Signer
  readonly tbs: TBSCertificate
  readonly generation: number
}

/** The root's profile for certificates of its keys under each other, which end with the first of the two. */
const crossProfile = (config: ProfileConfig): ProfileConfig => ({
  ...config,
  kind: 'intermediate',
  ...(config.validity.requester === 'nothing' ? { validity: { ...config.validity, requester: 'shorten' } } : {}),
})

/**
 * The keys and certificates that a CA has had before the present ones, oldest first.
 *
 * @throws CertwrightError `ca` when there is no such CA.
 */
export async function caGenerations(deps: CaDeps, id: string): Promise<readonly CaGeneration[]> {
  const found = await readCaRecord(deps, id)
  if (found === undefined) throw new CertwrightError('ca', `there is no CA ${id}`)
  return found.record.generations
}
