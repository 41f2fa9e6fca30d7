import {
  hashAlgorithm,
  type SignatureKeyFamily,
  signatureAlgorithm,
  signatureAlgorithms,
  signatureSchemeOf,
} from '../../../algorithms/index.js'
import { CertwrightError } from '../../../errors.js'
import type { AlgorithmIdentifier } from '../../../x509/index.js'

const familyOfOid: ReadonlyMap<string, SignatureKeyFamily> = new Map(
  signatureAlgorithms.map(({ oid, family }) => [oid, family]),
)

/** The family of keys that a signature algorithm works with, whatever its parameters are. */
export const signatureFamily = ({ algorithm }: AlgorithmIdentifier): SignatureKeyFamily | undefined =>
  familyOfOid.get(algorithm)

const pkcs1: ReadonlySet<string> = new Set(
  signatureAlgorithms.flatMap(({ oid, parameters }) => (parameters === 'null' ? [oid] : [])),
)

/** Whether it is an RSASSA-PKCS1-v1_5 signature. */
export const isPkcs1Signature = ({ algorithm }: AlgorithmIdentifier): boolean => pkcs1.has(algorithm)

const pss: ReadonlySet<string> = new Set(
  signatureAlgorithms.flatMap(({ oid, parameters }) => (parameters === 'pss' ? [oid] : [])),
)

/** Whether it is an RSASSA-PSS signature. */
export const isPssSignature = ({ algorithm }: AlgorithmIdentifier): boolean => pss.has(algorithm)

/** Whether parameters are exactly NULL. */
export const isNull = (parameters: Uint8Array | undefined): boolean =>
  parameters?.length === 2 && parameters[0] === 0x05 && parameters[1] === 0x00

/** What is unusual about the salt of an RSASSA-PSS signature; other faults are for other rules. */
export function saltFault(identifier: AlgorithmIdentifier): string | undefined {
  try {
    const { name, saltLength } = signatureSchemeOf(identifier)
    const { hash } = signatureAlgorithm(name)
    if (hash === null || saltLength === undefined || saltLength === hashAlgorithm(hash).length) return undefined
    return `the salt has ${saltLength} octets instead of ${hashAlgorithm(hash).length}`
  } catch (error) {
    if (error instanceof CertwrightError) return undefined
    throw error
  }
}
