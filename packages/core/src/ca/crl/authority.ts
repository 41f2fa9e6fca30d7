import { toHex } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import type { Signer } from '../../ports/index.js'
import type { IssuerUrls } from '../../profile/index.js'
import { Name, type TBSCertificate } from '../../x509/index.js'
import type { CertificateAuthority, CrlOptions } from '../types.js'

/** A key that signs lists, with its certificate. */
export interface CrlSigner {
  readonly tbs: TBSCertificate
  readonly keyIdentifier: Uint8Array
  signer(): Promise<Signer>
}

/** What a CA signs lists with, known to this room only. */
const authorities = new WeakMap<CertificateAuthority, CrlAuthority>()

/** Lets a CA sign lists other than its own. */
export const rememberCrlAuthority = (ca: CertificateAuthority, authority: CrlAuthority): void => {
  authorities.set(ca, authority)
}

/** @throws CertwrightError `configuration` for what is no CA of `createOrOpenCa`. */
export function crlAuthorityOf(ca: CertificateAuthority): CrlAuthority {
  const authority = authorities.get(ca)
  if (authority === undefined) throw new CertwrightError('configuration', 'only a CA that was opened here signs CRLs')
  return authority
}

/** The names that a CA has had, the present one last. */
export function namesOf({ signers }: Pick<CrlAuthority, 'signers'>): readonly Name[] {
  const subjects = signers.map(({ tbs }) => tbs.subject)
  const der = subjects.map((subject) => toHex(Name.encode(subject)))
  return subjects.filter((_, index) => der.lastIndexOf(der[index] ?? '') === index)
}

/** Whether expired certificates stay on the lists of a CA, and may still be revoked. */
export const keepsExpired = (ca: CertificateAuthority): boolean => authorities.get(ca)?.options.expired === 'keep'

/** The CA on whose behalf lists are made. */
export interface CrlAuthority {
  readonly id: string
  readonly urls: IssuerUrls
  readonly options: CrlOptions
  /** Its keys, oldest first; the last one is the present one. */
  readonly signers: readonly CrlSigner[]
}
