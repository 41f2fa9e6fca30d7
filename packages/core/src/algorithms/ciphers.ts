import { Asn1Error, octetString } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import { AlgorithmIdentifier } from '../x509/index.js'
import type { CipherName, KeyWrapName } from './names.js'
import { AeadParameters, Rc2CbcParameter } from './parameter-structures.js'
import { derNull, isWithoutParameters } from './parameters.js'

/** What is fixed about one content cipher. Lengths in octets. */
export interface CipherAlgorithm {
  readonly name: CipherName
  readonly oid: string
  readonly keyLength: number
  /** Length of the initialization vector or nonce that is written. */
  readonly ivLength: number
  /** `cbc`: padded blocks, nothing is authenticated; `aead`: the ciphertext ends in an authentication tag. */
  readonly mode: 'cbc' | 'aead'
  /** `iv`: OCTET STRING; `aead`: AeadParameters; `rc2`: Rc2CbcParameter. */
  readonly parameters: 'iv' | 'aead' | 'rc2'
  /** For reading only. */
  readonly legacy: boolean
}

/** A cipher with the parameters of one message. */
export interface CipherScheme {
  readonly name: CipherName
  readonly iv: Uint8Array
  /** Octets of the authentication tag; only for `aead` modes. */
  readonly tagLength?: number
  /** Only for RC2: the effective key length in bits. */
  readonly effectiveBits?: number
}

const cbc = (name: CipherName, oid: string, keyLength: number, ivLength: number, legacy = false): CipherAlgorithm => ({
  name,
  oid,
  keyLength,
  ivLength,
  mode: 'cbc',
  parameters: 'iv',
  legacy,
})

const aead = (name: CipherName, oid: string, keyLength: number): CipherAlgorithm => ({
  ...cbc(name, oid, keyLength, 12),
  mode: 'aead',
  parameters: 'aead',
})

const aes = '2.16.840.1.101.3.4.1'

/** Every content cipher: RFC 3565, RFC 5084, RFC 8103, RFC 3370. */
export const cipherAlgorithms: readonly CipherAlgorithm[] = [
  cbc('aes-128-cbc', `${aes}.2`, 16, 16),
  cbc('aes-192-cbc', `${aes}.22`, 24, 16),
  cbc('aes-256-cbc', `${aes}.42`, 32, 16),
  aead('aes-128-gcm', `${aes}.6`, 16),
  aead('aes-192-gcm', `${aes}.26`, 24),
  aead('aes-256-gcm', `${aes}.46`, 32),
  aead('aes-128-ccm', `${aes}.7`, 16),
  aead('aes-192-ccm', `${aes}.27`, 24),
  aead('aes-256-ccm', `${aes}.47`, 32),
  { ...aead('chacha20-poly1305', '1.2.840.113549.1.9.16.3.18', 32), parameters: 'iv' },
  cbc('des-ede3-cbc', '1.2.840.113549.3.7', 24, 8, true),
  cbc('des-cbc', '1.3.14.3.2.7', 8, 8, true),
  { ...cbc('rc2-cbc', '1.2.840.113549.3.2', 16, 8, true), parameters: 'rc2' },
]

const byName = new Map(cipherAlgorithms.map((cipher) => [cipher.name, cipher]))
const byOid = new Map(cipherAlgorithms.map((cipher) => [cipher.oid, cipher]))

/** The descriptor of a cipher by its name. */
export function cipherAlgorithm(name: CipherName): CipherAlgorithm {
  const found = byName.get(name)
  if (found === undefined) throw new CertwrightError('algorithm', `cipher "${name}" is not known`)
  return found
}

/** Octets of the key of a cipher in use: RC2 takes keys of the effective length that its parameters give. */
export const cipherKeyLength = ({ name, effectiveBits }: CipherScheme): number =>
  effectiveBits === undefined ? cipherAlgorithm(name).keyLength : effectiveBits / 8

/** Tags are written whole. */
export const writtenTagLength = 16

/** The AlgorithmIdentifier of a cipher with its parameters. */
export function cipherIdentifier({ name, iv, tagLength, effectiveBits = 128 }: CipherScheme): AlgorithmIdentifier {
  const { oid, parameters } = cipherAlgorithm(name)
  if (parameters === 'iv') return { algorithm: oid, parameters: octetString.encode(iv) }
  if (parameters === 'aead') {
    return { algorithm: oid, parameters: AeadParameters.encode({ nonce: iv, icvLen: tagLength ?? writtenTagLength }) }
  }
  const version = rc2Versions.find(([bits]) => bits === effectiveBits)?.[1]
  const value = { ...(version === undefined ? {} : { rc2ParameterVersion: version }), iv }
  return { algorithm: oid, parameters: Rc2CbcParameter.encode({ type: 'versioned', value }) }
}

/**
 * The cipher that an AlgorithmIdentifier names, with its parameters.
 *
 * @throws CertwrightError `algorithm` when it is unknown or its parameters are malformed or out of range.
 */
export function cipherSchemeOf({ algorithm, parameters }: AlgorithmIdentifier): CipherScheme {
  const cipher = byOid.get(algorithm)
  if (cipher === undefined) throw new CertwrightError('algorithm', `cipher ${algorithm} is not supported`)
  const malformed = (cause?: unknown) =>
    new CertwrightError('algorithm', `the parameters of the cipher ${cipher.name} are malformed`, { cause })
  if (parameters === undefined) throw malformed()
  try {
    const scheme = readParameters(cipher, parameters)
    if (scheme !== undefined) return scheme
  } catch (error) {
    if (error instanceof Asn1Error) throw malformed(error)
    throw error
  }
  throw malformed()
}

function readParameters({ name, ...cipher }: CipherAlgorithm, parameters: Uint8Array): CipherScheme | undefined {
  if (cipher.parameters === 'rc2') return readRc2(name, parameters)
  if (cipher.parameters === 'iv') {
    const iv = octetString.decode(parameters)
    if (iv.length !== cipher.ivLength) return undefined
    return cipher.mode === 'aead' ? { name, iv, tagLength: 16 } : { name, iv }
  }
  const { nonce, icvLen } = AeadParameters.decode(parameters)
  const nonceFits = name.endsWith('gcm') ? nonce.length >= 1 && nonce.length <= 128 : isCcmNonce(nonce)
  return nonceFits && isTagLength(name, icvLen) ? { name, iv: nonce, tagLength: icvLen } : undefined
}

/** RFC 5084 section 3.1. */
const isCcmNonce = (nonce: Uint8Array): boolean => nonce.length >= 7 && nonce.length <= 13

/** RFC 5084 sections 3.1 and 3.2; CCM tags shorter than eight octets protect nothing and are refused. */
const isTagLength = (name: CipherName, length: number): boolean =>
  name.endsWith('gcm') ? length >= 12 && length <= 16 : [8, 10, 12, 14, 16].includes(length)

/** RFC 2268 section 6: the version encodes the effective key length; without one it is 32 bits, which is refused. */
const rc2Versions: readonly (readonly [bits: number, version: number])[] = [
  [40, 160],
  [64, 120],
  [128, 58],
]

function readRc2(name: CipherName, parameters: Uint8Array): CipherScheme | undefined {
  const read = Rc2CbcParameter.decode(parameters)
  if (read.type === 'ivOnly') return undefined
  const { rc2ParameterVersion, iv } = read.value
  const bits = rc2Versions.find(([, version]) => version === rc2ParameterVersion)?.[0]
  return bits !== undefined && iv.length === 8 ? { name, iv, effectiveBits: bits } : undefined
}

/** What is fixed about one key-encryption algorithm. */
export interface KeyWrapAlgorithm {
  readonly name: KeyWrapName
  readonly oid: string
  /** Octets of the key-encryption key. */
  readonly keyLength: number
  readonly legacy: boolean
}

/** Every key-encryption algorithm: RFC 3394 with the identifiers of RFC 3565, and RFC 3370 section 4.3.1 for reading. */
export const keyWrapAlgorithms: readonly KeyWrapAlgorithm[] = [
  { name: 'aes-128-wrap', oid: `${aes}.5`, keyLength: 16, legacy: false },
  { name: 'aes-192-wrap', oid: `${aes}.25`, keyLength: 24, legacy: false },
  { name: 'aes-256-wrap', oid: `${aes}.45`, keyLength: 32, legacy: false },
  { name: 'des-ede3-wrap', oid: '1.2.840.113549.1.9.16.3.6', keyLength: 24, legacy: true },
]

/** The descriptor of a key-encryption algorithm by its name. */
export function keyWrapAlgorithm(name: KeyWrapName): KeyWrapAlgorithm {
  const found = keyWrapAlgorithms.find((candidate) => candidate.name === name)
  if (found === undefined) throw new CertwrightError('algorithm', `key wrap "${name}" is not known`)
  return found
}

/** AES key wrap is written without parameters (RFC 3565 section 2.3.2), the older one with NULL (RFC 3370). */
export function keyWrapIdentifier(name: KeyWrapName): AlgorithmIdentifier {
  const { oid, legacy } = keyWrapAlgorithm(name)
  return legacy ? { algorithm: oid, parameters: derNull } : { algorithm: oid }
}

/**
 * The key-encryption algorithm that an AlgorithmIdentifier names.
 *
 * @throws CertwrightError `algorithm` when it is unknown or has parameters.
 */
export function keyWrapOf(identifier: AlgorithmIdentifier): KeyWrapName {
  const found = keyWrapAlgorithms.find(({ oid }) => oid === identifier.algorithm)
  if (found === undefined || !isWithoutParameters(identifier)) {
    throw new CertwrightError('algorithm', `key wrap ${identifier.algorithm} is not supported`)
  }
  return found.name
}

/** id-alg-PWRI-KEK, RFC 3211 section 2.3: the key wrap under a password, with the CBC cipher it uses as parameter. */
const passwordWrap = '1.2.840.113549.1.9.16.3.9'

/** The AlgorithmIdentifier of the key wrap under a password with a CBC cipher. */
export const passwordWrapIdentifier = (cipher: AlgorithmIdentifier): AlgorithmIdentifier => ({
  algorithm: passwordWrap,
  parameters: AlgorithmIdentifier.encode(cipher),
})

/**
 * The CBC cipher that the key wrap under a password uses.
 *
 * @throws CertwrightError `algorithm` when the AlgorithmIdentifier names something else.
 */
export function passwordWrapOf({ algorithm, parameters }: AlgorithmIdentifier): CipherScheme {
  if (algorithm !== passwordWrap || parameters === undefined) {
    throw new CertwrightError('algorithm', `key wrap ${algorithm} under a password is not supported`)
  }
  const scheme = cipherSchemeOf(decodeIdentifier(parameters))
  if (scheme.tagLength === undefined && scheme.effectiveBits === undefined) return scheme
  throw new CertwrightError('algorithm', `key wrap under a password does not go with ${scheme.name}`)
}

function decodeIdentifier(der: Uint8Array): AlgorithmIdentifier {
  try {
    return AlgorithmIdentifier.decode(der)
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    throw new CertwrightError('algorithm', 'the cipher of the key wrap is malformed', { cause: error })
  }
}
