import { describePublicKey, signatureAlgorithmIdentifier, signatureSchemeOf } from '../algorithms/index.js'
import { equalBytes, toSigned } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { Signer, SigningKeyType } from '../ports/index.js'
import type { Profile } from '../profile/index.js'
import {
  BasicConstraints,
  Certificate,
  CertificationRequest,
  CertificationRequestInfo,
  decodeExtension,
  type Extension,
  ExtensionRequest,
  equalNames,
  extensionOid,
  KeyUsage,
  parseName,
  requestAttributeOid,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  type TBSCertificate,
} from '../x509/index.js'
import { type CaRecord, outside, readCaRecord, writeCaRecord } from './ca-record.js'
import { auditDecision, auditingRefusal, certificateDetails, type Decider, keyDetails, program } from './decisions.js'
import { parseCaId } from './ids.js'
import { checkIssuer, checkUnchanged, newCaRecord, openOrGenerate } from './open-ca.js'
import { resolveProfile } from './profiles.js'
import { keyIdOf } from './rollover.js'
import type { CaDeps, CaOptions, StatusActor } from './types.js'

/** A CA whose certificate comes from elsewhere. */
export interface CaRequestOptions extends Pick<CaOptions, 'id' | 'subject' | 'profile'> {
  /** `ecdsa-p256` when absent. */
  readonly keyType?: SigningKeyType
  /**
   * Asks for the certificate of a new key, for a CA that has one: `installCa` under the same request id rolls it over. What
   * was issued before stays valid. Another `subject` gives the CA a new name. Another request id makes another key, so `by`
   * must be given.
   */
  readonly rollover?: boolean
}

const maxAttempts = 5
const maxChain = 8

/**
 * Makes the key of a CA and a request (PKCS #10) for the issuer elsewhere, with the extensions that the profile asks for.
 * Called again it gives a request for the same key, also after a crash.
 *
 * @param by who asks, for the audit; whoever runs the program when absent
 * @returns DER CertificationRequest
 * @throws CertwrightError `conflict` when the CA has its certificate already, or for a rollover has none; `ca` when it is
 *   not online; `configuration` when the options are of another CA, or the profile is not for intermediates.
 */
export const requestCa = (deps: CaDeps, options: CaRequestOptions, by?: StatusActor): Promise<Uint8Array> => {
  const decider = by ?? program(`ca-request:${options.id}`)
  return refusing(deps, options.id, 'request', decider, () => request(deps, options, decider))
}

/** Records what is refused. */
const refusing = <T>(deps: CaDeps, ca: string, operation: string, by: Decider, work: () => Promise<T>): Promise<T> =>
  auditingRefusal(deps, 'ca.refused', by, (failure) => ({ ca, operation, ...failure }), work)

async function request(deps: CaDeps, options: CaRequestOptions, by: Decider): Promise<Uint8Array> {
  parseCaId(options.id)
  if (options.rollover && by.actor === null) {
    throw new CertwrightError('configuration', 'a rollover needs who asks for it, and the id of the request')
  }
  const subject = parseName(options.subject)
  const profile = resolveProfile(options.profile)
  if (profile.config.kind !== 'intermediate') {
    throw new CertwrightError('configuration', `the profile "${profile.id}" is not for a CA below another`)
  }
  const asked = { ...options, issuer: 'outside' } as const
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const found = await readCaRecord(deps, options.id)
    if (found === undefined) {
      if (options.rollover) throw new CertwrightError('conflict', `there is no CA ${options.id} to roll over`)
      await writeCaRecord(deps, options.id, { ...newCaRecord(asked), state: 'requested' }, 0)
      continue
    }
    const { record, version } = found
    if (options.rollover) checkIssuer(record, asked)
    else checkUnchanged(record, asked, subject)
    const keyId = requestedKeyId(options, record, by)
    const change = renamingOf(record, keyId, options.subject)
    if (change !== undefined && !(await writeCaRecord(deps, options.id, change, version))) continue
    const signer = await openOrGenerate(deps, keyId, options.keyType ?? 'ecdsa-p256')
    await auditDecision(deps, 'ca.requested', by, {
      ca: options.id,
      subject: options.subject,
      profile: profile.id,
      keyId,
      ...keyDetails(signer.publicKey),
    })
    return signedRequest(signer, options.subject, profile)
  }
  throw new CertwrightError('store', `the record of the CA ${options.id} kept changing`)
}

/** The record with the name that the key is to have; `undefined` when it says so already. */
function renamingOf(record: CaRecord, keyId: string, subject: string): CaRecord | undefined {
  if (keyId === record.keyId || nameOf(record, keyId) === subject) return undefined
  return { ...record, renaming: { keyId, subject } }
}

/** The name that the certificate of a key has or is to have. */
const nameOf = ({ subject, renaming }: CaRecord, keyId: string): string =>
  renaming?.keyId === keyId ? renaming.subject : subject

/** The key that a certificate is asked for: the one that waits for it, or that of a rollover. */
function requestedKeyId({ id, rollover = false }: CaRequestOptions, record: CaRecord, by: Decider): string {
  const isActive = record.state === 'active'
  if (isActive !== rollover) {
    throw new CertwrightError(
      'conflict',
      `the CA ${id} has ${isActive ? 'its' : 'no'} certificate ${isActive ? 'already' : 'yet'}`,
    )
  }
  if (!isActive) return record.keyId
  if (record.condition !== 'online') throw new CertwrightError('ca', `the CA ${id} is ${record.condition}`)
  return nextKeyId(id, record, by)
}

const nextKeyId = (id: string, { generations }: CaRecord, { requestId }: Decider): string =>
  keyIdOf(id, generations.length + 2, requestId)

async function signedRequest(signer: Signer, subject: string, profile: Profile): Promise<Uint8Array> {
  const extensions = requestExtensions(profile)
  const certificationRequestInfo = toSigned(CertificationRequestInfo, {
    version: 0,
    subject: parseName(subject),
    subjectPKInfo: SubjectPublicKeyInfo.decode(signer.publicKey),
    attributes: [{ type: requestAttributeOid.extensionRequest, values: [ExtensionRequest.encode(extensions)] }],
  })
  return CertificationRequest.encode({
    certificationRequestInfo,
    signatureAlgorithm: signatureAlgorithmIdentifier(signer.algorithm),
    signature: { unusedBits: 0, bytes: await signer.sign(certificationRequestInfo.bytes) },
  })
}

function requestExtensions({ config }: Profile): readonly Extension[] {
  const { basicConstraints, keyUsage } = config
  return [
    { extnID: extensionOid.basicConstraints, critical: true, extnValue: BasicConstraints.encode(basicConstraints) },
    { extnID: extensionOid.keyUsage, critical: true, extnValue: KeyUsage.encode(new Set(keyUsage)) },
  ]
}

/**
 * Gives a CA that `requestCa` made the certificate that its issuer made, with those of the CAs above up to the root; or, under
 * the request id of a rollover, its new key with that key's certificate.
 * Everything is checked before it is believed: that it is for the CA's key and name, that it is a CA certificate, valid
 * now, and that each certificate is signed by the next.
 *
 * @param certificates DER, the CA's own first, the root last
 * @throws CertwrightError `configuration` that names what does not fit; `conflict` when another one is installed.
 */
export const installCa = (
  deps: CaDeps,
  id: string,
  certificates: readonly Uint8Array[],
  by: StatusActor,
): Promise<void> => refusing(deps, id, 'install', by, () => install(deps, id, certificates, by))

async function install(deps: CaDeps, id: string, certificates: readonly Uint8Array[], by: StatusActor): Promise<void> {
  const found = await readCaRecord(deps, id)
  if (found === undefined) throw new CertwrightError('configuration', `there is no CA ${id}: make its request first`)
  const { record, version } = found
  if (record.issuer !== outside) throw refused(`the issuer of the CA ${id} is not elsewhere`)
  const [certificate, ...chain] = certificates
  if (certificate === undefined) throw refused('there is none')
  if ([...record.generations, record].some((known) => equalBytes(known.certificate, certificate))) return
  const isActive = record.state === 'active'
  const keyId = isActive ? nextKeyId(id, record, by) : record.keyId
  const signer = await deps.keys.open(keyId)
  if (signer === undefined) {
    if (isActive) throw new CertwrightError('conflict', `the CA ${id} has another certificate already`)
    throw new CertwrightError('key', `the key ${keyId} is not in the keystore`)
  }
  const subject = nameOf(record, keyId)
  checkOwn(certificate, signer, subject)
  await checkChain(deps, certificates)
  await auditDecision(deps, isActive ? 'ca.rolled-over' : 'ca.installed', by, {
    ca: id,
    subject,
    keyId,
    chain: chain.length,
    ...certificateDetails(certificate),
  })
  const before = isActive ? [{ keyId: record.keyId, certificate: record.certificate }] : []
  const generations = [...record.generations, ...before]
  const { renaming: _, ...rest } = record
  const next = { ...rest, state: 'active', subject, keyId, certificate, chain, generations } as const
  if (!(await writeCaRecord(deps, id, next, version))) {
    throw new CertwrightError('conflict', `the CA ${id} was changed at the same time; try again`)
  }
}

const refused = (what: string): CertwrightError =>
  new CertwrightError('configuration', `the certificate of the CA cannot be taken: ${what}`)

function checkOwn(certificate: Uint8Array, signer: Signer, subject: string): void {
  const tbs = Certificate.decode(certificate).tbsCertificate.value
  if (!equalBytes(SubjectPublicKeyInfo.encode(tbs.subjectPublicKeyInfo), signer.publicKey)) {
    throw refused('it is for another key')
  }
  if (!equalNames(tbs.subject, parseName(subject))) throw refused(`its subject is not ${subject}`)
  if (decodeExtension(SubjectKeyIdentifier, tbs.extensions ?? [], extensionOid.subjectKeyIdentifier) === undefined) {
    throw refused('it has no subject key identifier')
  }
  // Without it nobody would believe the CA's lists, and no revocation could be made known (RFC 5280 section 4.2.1.3).
  const usage = decodeExtension(KeyUsage, tbs.extensions ?? [], extensionOid.keyUsage)
  if (usage !== undefined && !usage.has('cRLSign')) throw refused('its key usage is not cRLSign')
}

/** Checks that certificates, the last one self-signed, certify each other: no more than a CA has to know of itself. */
export async function checkChain(deps: CaDeps, certificates: readonly Uint8Array[]): Promise<void> {
  if (certificates.length > maxChain) throw refused(`the chain has more than ${maxChain} certificates`)
  const decoded = certificates.map((der) => Certificate.decode(der))
  const now = deps.clock.now()
  for (const [index, certificate] of decoded.entries()) {
    const tbs = certificate.tbsCertificate.value
    const what = index === 0 ? 'it' : `certificate ${index + 1} of the chain`
    if (now < tbs.validity.notBefore || now > tbs.validity.notAfter) throw refused(`${what} is not valid now`)
    checkCa(tbs, what, index)
    const issuer = decoded[index + 1] ?? certificate
    if (!equalNames(tbs.issuer, issuer.tbsCertificate.value.subject)) {
      throw refused(`${what} is not issued by the next certificate of the chain, which has to end with the root`)
    }
    await checkSignature(deps, certificate, issuer.tbsCertificate.value, what)
  }
}

function checkCa({ extensions = [] }: TBSCertificate, what: string, below: number): void {
  const constraints = decodeExtension(BasicConstraints, extensions, extensionOid.basicConstraints)
  if (constraints?.cA !== true) throw refused(`${what} is not a CA certificate`)
  if (constraints.pathLenConstraint !== undefined && constraints.pathLenConstraint < below) {
    throw refused(`the path length of ${what} does not allow so many CAs below it`)
  }
  const usage = decodeExtension(KeyUsage, extensions, extensionOid.keyUsage)
  if (usage !== undefined && !usage.has('keyCertSign')) throw refused(`the key usage of ${what} is not keyCertSign`)
}

async function checkSignature(deps: CaDeps, certificate: Certificate, issuer: TBSCertificate, what: string) {
  const publicKey = SubjectPublicKeyInfo.encode(issuer.subjectPublicKeyInfo)
  describePublicKey(publicKey)
  const { name, ...options } = signatureSchemeOf(certificate.signatureAlgorithm)
  const { bytes, unusedBits } = certificate.signatureValue
  const data = certificate.tbsCertificate.bytes
  if (unusedBits !== 0 || !(await deps.crypto.verify(name, publicKey, data, bytes, options))) {
    throw refused(`${what} is not signed by the next certificate of the chain`)
  }
}

/** A root of which only the certificate is here: the end of chains, and nothing that signs. */
export interface ExternalRoot {
  readonly id: string
  /** DER Certificate. */
  readonly certificate: Uint8Array
}

/**
 * Records a root that is kept elsewhere, or finds it again.
 *
 * @param by who decides it, for the audit; whoever runs the program when absent
 * @throws CertwrightError `configuration` when the certificate is not self-signed, not a CA certificate or not valid
 *   now; `conflict` when the id belongs to another CA.
 */
export const importRoot = (
  deps: CaDeps,
  id: string,
  certificate: Uint8Array,
  by?: StatusActor,
): Promise<ExternalRoot> => {
  const decider = by ?? program(`ca-import:${id}`)
  return refusing(deps, id, 'import', decider, () => importOnce(deps, id, certificate, decider))
}

async function importOnce(deps: CaDeps, id: string, certificate: Uint8Array, by: Decider): Promise<ExternalRoot> {
  parseCaId(id)
  await checkChain(deps, [certificate])
  const found = await readCaRecord(deps, id)
  if (found === undefined) {
    const record: CaRecord = {
      ...newCaRecord({ id, subject: '', issuer: 'outside' }),
      state: 'active',
      condition: 'retired',
      keyId: '',
      certificate,
    }
    await auditDecision(deps, 'ca.imported', by, { ca: id, ...certificateDetails(certificate) })
    if (await writeCaRecord(deps, id, record, 0)) return Object.freeze({ id, certificate })
    return importOnce(deps, id, certificate, by)
  }
  const { keyId, certificate: known } = found.record
  if (keyId !== '' || !equalBytes(known, certificate)) {
    throw new CertwrightError('conflict', `the id ${id} belongs to another CA`)
  }
  return Object.freeze({ id, certificate })
}
