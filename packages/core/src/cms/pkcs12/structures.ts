import {
  any,
  defaulted,
  explicit,
  type Infer,
  integer,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  sequenceOf,
  setOf,
  smallInteger,
} from '../../asn1/index.js'
import { AlgorithmIdentifier, Attribute } from '../../x509/index.js'
import { ContentInfo } from '../content-info.js'

/** DigestInfo, RFC 8017 appendix A.2.4. */
const DigestInfo = sequence({
  digestAlgorithm: AlgorithmIdentifier,
  digest: octetString,
})

/** MacData, RFC 7292 section 4. */
export const MacData = sequence({
  mac: DigestInfo,
  macSalt: octetString,
  iterations: defaulted(integer, 1n),
})
export type MacData = Infer<typeof MacData>

/** PFX, RFC 7292 section 4; the version is 3. */
export const Pfx = sequence({
  version: smallInteger,
  authSafe: ContentInfo,
  macData: optional(MacData),
})
export type Pfx = Infer<typeof Pfx>

/** AuthenticatedSafe, RFC 7292 section 4.1. */
export const AuthenticatedSafe = sequenceOf(ContentInfo)
export type AuthenticatedSafe = Infer<typeof AuthenticatedSafe>

/** SafeBag, RFC 7292 section 4.2. `bagValue` is the whole element of the type that `bagId` names. */
export const SafeBag = sequence({
  bagId: objectIdentifier,
  bagValue: explicit(0, any),
  bagAttributes: optional(setOf(Attribute)),
})
export type SafeBag = Infer<typeof SafeBag>

/** SafeContents, RFC 7292 section 4.2. */
export const SafeContents = sequenceOf(SafeBag)
export type SafeContents = Infer<typeof SafeContents>

/** CertBag, CRLBag and SecretBag, RFC 7292 sections 4.2.3 to 4.2.5: a type and a value of that type. */
export const TypedBag = sequence({
  type: objectIdentifier,
  value: explicit(0, any),
})
export type TypedBag = Infer<typeof TypedBag>

const bagArc = '1.2.840.113549.1.12.10.1'

/** Bag types, RFC 7292 section 4.2, and what certificate and CRL bags hold (sections 4.2.3 and 4.2.4). */
export const bagOid = {
  key: `${bagArc}.1`,
  shroudedKey: `${bagArc}.2`,
  certificate: `${bagArc}.3`,
  crl: `${bagArc}.4`,
  secret: `${bagArc}.5`,
  safeContents: `${bagArc}.6`,
  x509Certificate: '1.2.840.113549.1.9.22.1',
  x509Crl: '1.2.840.113549.1.9.23.1',
} as const
