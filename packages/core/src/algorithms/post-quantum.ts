import type { MlDsaName, MlKemName, SlhDsaName } from './names.js'

/** The families of post-quantum algorithms. */
export type PostQuantumFamily = 'ml-dsa' | 'slh-dsa' | 'ml-kem'

/** Parameter sets by name. */
export type ParameterSetName = MlDsaName | SlhDsaName | MlKemName

/** What is fixed about one parameter set of FIPS 203, 204 or 205. Lengths in octets. */
export interface ParameterSet {
  readonly name: ParameterSetName
  readonly family: PostQuantumFamily
  /** Of the key, and of the signature as well. */
  readonly oid: string
  /** Bits of strength that the security category stands for: 128, 192 or 256. */
  readonly bits: 128 | 192 | 256
  readonly publicKey: number
  /** The private key in its expanded form. */
  readonly privateKey: number
  /** The seed that a private key can be kept as; 0 where the standard has no such form (SLH-DSA). */
  readonly seed: number
  /** The signature, or the ciphertext of a KEM. */
  readonly output: number
}

const row = (
  name: ParameterSetName,
  family: PostQuantumFamily,
  oid: string,
  bits: ParameterSet['bits'],
  publicKey: number,
  privateKey: number,
  seed: number,
  output: number,
): ParameterSet => ({ name, family, oid: `2.16.840.1.101.3.4.${oid}`, bits, publicKey, privateKey, seed, output })

const slhDsa = (name: SlhDsaName, arc: number, bits: ParameterSet['bits'], output: number): ParameterSet =>
  row(name, 'slh-dsa', `3.${arc}`, bits, bits / 4, bits / 2, 0, output)

/** Every parameter set: RFC 9881 section 2, RFC 9909 section 3, RFC 9935 section 3; lengths from FIPS 203, 204 and 205. */
export const parameterSets: readonly ParameterSet[] = [
  row('ml-dsa-44', 'ml-dsa', '3.17', 128, 1312, 2560, 32, 2420),
  row('ml-dsa-65', 'ml-dsa', '3.18', 192, 1952, 4032, 32, 3309),
  row('ml-dsa-87', 'ml-dsa', '3.19', 256, 2592, 4896, 32, 4627),
  slhDsa('slh-dsa-sha2-128s', 20, 128, 7856),
  slhDsa('slh-dsa-sha2-128f', 21, 128, 17088),
  slhDsa('slh-dsa-sha2-192s', 22, 192, 16224),
  slhDsa('slh-dsa-sha2-192f', 23, 192, 35664),
  slhDsa('slh-dsa-sha2-256s', 24, 256, 29792),
  slhDsa('slh-dsa-sha2-256f', 25, 256, 49856),
  slhDsa('slh-dsa-shake-128s', 26, 128, 7856),
  slhDsa('slh-dsa-shake-128f', 27, 128, 17088),
  slhDsa('slh-dsa-shake-192s', 28, 192, 16224),
  slhDsa('slh-dsa-shake-192f', 29, 192, 35664),
  slhDsa('slh-dsa-shake-256s', 30, 256, 29792),
  slhDsa('slh-dsa-shake-256f', 31, 256, 49856),
  row('ml-kem-512', 'ml-kem', '4.1', 128, 800, 1632, 64, 768),
  row('ml-kem-768', 'ml-kem', '4.2', 192, 1184, 2400, 64, 1088),
  row('ml-kem-1024', 'ml-kem', '4.3', 256, 1568, 3168, 64, 1568),
]

const byOid = new Map(parameterSets.map((set) => [set.oid, set]))
const byName = new Map<string, ParameterSet>(parameterSets.map((set) => [set.name, set]))

/** The parameter set of an OID, if it is one. */
export const parameterSetOf = (oid: string): ParameterSet | undefined => byOid.get(oid)

/** The parameter set of that name, if there is one. */
export const parameterSetNamed = (name: string): ParameterSet | undefined => byName.get(name)
