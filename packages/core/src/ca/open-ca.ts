import { equalBytes } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { Signer, SigningKeyType } from '../ports/index.js'
import type { Profile } from '../profile/index.js'
import { Name, parseName } from '../x509/index.js'
import { checkedProfiles, createAuthority } from './authority.js'
import { type CaRecord, outside, readCaRecord, writeCaRecord } from './ca-record.js'
import { auditDecision, auditingRefusal, keyDetails, program } from './decisions.js'
import { caRequestPrefix, parseCaId } from './ids.js'
import { createIssuance } from './issuance.js'
import { resolveProfile } from './profiles.js'
import type { CaDeps, CaOptions, CertificateAuthority, CertificateOrder } from './types.js'

/** Times the record is read again while another process makes the same CA. */
const maxAttempts = 20

/**
 * Opens a certificate authority, or makes it if it does not exist: its key, its certificate (self-signed, or issued by
 * `options.issuer`) and its record. Each step can be cut off by a crash and is continued at the next call; two
 * processes that open the same new CA end up with the same one.
 *
 * @throws CertwrightError `configuration` when the options contradict the CA that exists; `key`, `store`, `audit`.
 */
export const createOrOpenCa = (deps: CaDeps, options: CaOptions): Promise<CertificateAuthority> =>
  auditingRefusal(
    deps,
    'ca.refused',
    program(`ca:${options.id}`),
    (failure) => ({ ca: options.id, operation: 'open', ...failure }),
    () => createOrOpen(deps, options),
  )

async function createOrOpen(deps: CaDeps, options: CaOptions): Promise<CertificateAuthority> {
  parseCaId(options.id)
  const subject = parseName(options.subject)
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const found = await readCaRecord(deps, options.id)
    if (found === undefined) {
      // A CA that could not be opened is not begun: its name could not be changed any more.
      checkedProfiles(deps, options)
      if (options.issuer !== 'outside') ownProfile(options)
      await writeCaRecord(deps, options.id, newCaRecord(options), 0)
      continue
    }
    checkUnchanged(found.record, options, subject)
    if (options.issuer === 'outside' && found.record.state !== 'active') {
      throw new CertwrightError('ca', `the CA ${options.id} waits for its certificate: install it with installCa`)
    }
    if (found.record.state === 'active') return createAuthority(deps, options, found.record)
    const certificate = await certify(deps, options, found.record, subject)
    await writeCaRecord(deps, options.id, { ...found.record, state: 'active', certificate }, found.version)
  }
  throw new CertwrightError('store', `the record of the CA ${options.id} kept changing while it was opened`)
}

/** How the record names the issuer. */
export const issuerId = ({
  id,
  issuer,
}: {
  readonly id: string
  readonly issuer?: CaOptions['issuer'] | undefined
}): string => (issuer === 'outside' ? outside : (issuer?.id ?? id))

export const newCaRecord = ({ id, subject, issuer }: Pick<CaOptions, 'id' | 'subject' | 'issuer'>): CaRecord => ({
  state: 'creating',
  condition: 'online',
  keyId: `${id}~1`,
  subject,
  issuer: issuerId({ id, issuer }),
  certificate: new Uint8Array(),
  chain: [],
  generations: [],
})

/** @throws CertwrightError `configuration` when the options are of another CA. */
export function checkUnchanged(record: CaRecord, options: Pick<CaOptions, 'id' | 'issuer'>, subject: Name): void {
  const { id } = options
  if (!isNamed(record, subject)) {
    throw new CertwrightError(
      'configuration',
      `the CA ${id} exists with the subject ${record.subject}; only a rollover changes it`,
    )
  }
  checkIssuer(record, options)
}

/** Whether this is the name that a CA has. */
export const isNamed = ({ subject }: Pick<CaRecord, 'subject'>, name: Name): boolean =>
  equalBytes(Name.encode(parseName(subject)), Name.encode(name))

/** @throws CertwrightError `configuration` when the options name another issuer. */
export function checkIssuer(record: CaRecord, options: Pick<CaOptions, 'id' | 'issuer'>): void {
  const { id } = options
  if (record.issuer !== issuerId(options)) {
    throw new CertwrightError('configuration', `the CA ${id} was issued by ${record.issuer}; its issuer cannot change`)
  }
}

/** The CA's own certificate. The request id is fixed, so that a crash before the record is written costs nothing. */
async function certify(deps: CaDeps, options: CaOptions, { keyId }: CaRecord, subject: Name): Promise<Uint8Array> {
  const signer = await openOrGenerate(deps, keyId, options.keyType ?? 'ecdsa-p256')
  const { certificate, requestId } = await certifyKey(deps, options, signer, subject, '1')
  await auditDecision(deps, 'ca.created', program(requestId), {
    ca: options.id,
    issuer: issuerId(options),
    subject: options.subject,
    profile: resolveProfile(options.profile).id,
    keyId,
    ...keyDetails(signer.publicKey),
  })
  return certificate
}

/**
 * Certifies a key of the CA: by itself or by the CA above.
 *
 * @param request tells the key: `1` for the first, its number and the request of the rollover for others
 */
export async function certifyKey(
  deps: CaDeps,
  options: CaOptions,
  signer: Signer,
  subject: Name,
  request: string,
): Promise<{ readonly certificate: Uint8Array; readonly requestId: string }> {
  const { issuer } = options
  if (issuer === 'outside') throw new CertwrightError('configuration', 'a CA elsewhere issues the certificate')
  const profile = ownProfile(options)
  const requestId = `${caRequestPrefix}${options.id}:${request}`
  const order = {
    requestId,
    profile: profile.id,
    requester: `ca:${options.id}`,
    publicKey: signer.publicKey,
    subject,
    extensions: [],
  }
  const issued = await (issuer === undefined ? selfSign(deps, options, order, signer) : issuer.order(order))
  return { certificate: issued.certificate, requestId }
}

/** The profile of the CA's own certificate. */
function ownProfile({ profile: given, issuer }: CaOptions): Profile {
  const profile = resolveProfile(given)
  if ((issuer === undefined) === (profile.config.kind === 'root')) return profile
  const fault = issuer === undefined ? 'needs an issuer' : 'is self-signed'
  throw new CertwrightError('configuration', `the profile "${profile.id}" ${fault}`)
}

/** A certificate in the CA's own name, by its own key. */
async function selfSign(
  deps: CaDeps,
  { id, urls = {}, profile, keyIdentifiers }: CaOptions,
  order: CertificateOrder,
  signer: Signer,
): Promise<{ readonly certificate: Uint8Array }> {
  const issuance = createIssuance(deps)
  const authority = { id, subject: order.subject, urls, keyIdentifiers, signer: async () => signer }
  return issuance.issue(await issuance.prepare(authority, resolveProfile(profile), order))
}

/** The key under an id, made if it is not there; of several that make it at once all get the same. */
export async function openOrGenerate({ keys }: CaDeps, keyId: string, type: SigningKeyType): Promise<Signer> {
  const found = await keys.open(keyId)
  if (found !== undefined) return found
  try {
    return await keys.generate(keyId, type)
  } catch (error) {
    const raced = error instanceof CertwrightError && error.code === 'conflict' ? await keys.open(keyId) : undefined
    if (raced === undefined) throw error
    return raced
  }
}
