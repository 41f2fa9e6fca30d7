import { createCipheriv, createDecipheriv } from 'node:crypto'
import { Asn1Error, octetString } from '../asn1/index.js'
import { EncryptedPrivateKeyInfo, Pbes2Parameters, ScryptParameters } from '../cms/index.js'
import { CertwrightError } from '../errors.js'
import type { RandomSource, ScryptOptions } from '../ports/index.js'
import type { AlgorithmIdentifier } from '../x509/index.js'
import { toArray } from './arrays.js'
import { nodeCrypto } from './node-crypto.js'

const oid = {
  pbes2: '1.2.840.113549.1.5.13',
  scrypt: '1.3.6.1.4.1.11591.4.11',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
}

/** 16 MiB and about 0.2 s: five times the work of OpenSSL's default, within the memory that OpenSSL allows. */
const writeCost: ScryptOptions = { cost: 16384, blockSize: 8, parallelization: 5, length: 32 }

/** What is accepted on reading: 256 MiB at most, so that a forged file cannot exhaust the machine. */
const maxCost = { cost: 262_144, blockSize: 8, parallelization: 16 }

/**
 * Encrypts a DER PrivateKeyInfo under a passphrase: PBES2 with scrypt and AES-256-CBC (RFC 8018 section 6.2, RFC 7914
 * section 7), the form that `openssl pkey` opens.
 */
export async function encryptPrivateKey(
  key: Uint8Array,
  passphrase: Uint8Array,
  random: RandomSource,
): Promise<Uint8Array> {
  const salt = random.bytes(16)
  const iv = random.bytes(16)
  const cipher = createCipheriv('aes-256-cbc', await nodeCrypto.scrypt(passphrase, salt, writeCost), iv)
  const encryptedData = toArray(Buffer.concat([cipher.update(key), cipher.final()]))
  const kdf = ScryptParameters.encode({
    salt,
    costParameter: BigInt(writeCost.cost),
    blockSize: BigInt(writeCost.blockSize),
    parallelizationParameter: BigInt(writeCost.parallelization),
    keyLength: BigInt(writeCost.length),
  })
  const parameters = Pbes2Parameters.encode({
    keyDerivationFunc: { algorithm: oid.scrypt, parameters: kdf },
    encryptionScheme: { algorithm: oid.aes256Cbc, parameters: octetString.encode(iv) },
  })
  return EncryptedPrivateKeyInfo.encode({ encryptionAlgorithm: { algorithm: oid.pbes2, parameters }, encryptedData })
}

/**
 * Opens what `encryptPrivateKey` made.
 *
 * @throws CertwrightError `key` when the form is another one, its cost is out of bounds or the passphrase is wrong.
 */
export async function decryptPrivateKey(der: Uint8Array, passphrase: Uint8Array): Promise<Uint8Array> {
  const { iv, salt, options, data } = readParameters(der)
  try {
    const decipher = createDecipheriv('aes-256-cbc', await nodeCrypto.scrypt(passphrase, salt, options), iv)
    return toArray(Buffer.concat([decipher.update(data), decipher.final()]))
  } catch (cause) {
    throw new CertwrightError('key', 'the passphrase does not open the private key', { cause })
  }
}

interface ReadParameters {
  readonly iv: Uint8Array
  readonly salt: Uint8Array
  readonly options: ScryptOptions
  readonly data: Uint8Array
}

function readParameters(der: Uint8Array): ReadParameters {
  try {
    const { encryptionAlgorithm, encryptedData } = EncryptedPrivateKeyInfo.decode(der)
    const { keyDerivationFunc, encryptionScheme } = Pbes2Parameters.decode(parametersOf(encryptionAlgorithm, oid.pbes2))
    const kdf = ScryptParameters.decode(parametersOf(keyDerivationFunc, oid.scrypt))
    const iv = octetString.decode(parametersOf(encryptionScheme, oid.aes256Cbc))
    return { iv, salt: kdf.salt, options: scryptOptions(kdf), data: encryptedData }
  } catch (cause) {
    if (cause instanceof Asn1Error) throw new CertwrightError('key', 'the private key file is damaged', { cause })
    throw cause
  }
}

function parametersOf(identifier: AlgorithmIdentifier, algorithm: string): Uint8Array {
  if (identifier.algorithm === algorithm && identifier.parameters !== undefined) return identifier.parameters
  throw new CertwrightError('key', 'the private key is not encrypted with PBES2, scrypt and AES-256-CBC')
}

function scryptOptions(kdf: ScryptParameters): ScryptOptions {
  const cost = Number(kdf.costParameter)
  const blockSize = Number(kdf.blockSize)
  const parallelization = Number(kdf.parallelizationParameter)
  if (cost > maxCost.cost || blockSize > maxCost.blockSize || parallelization > maxCost.parallelization) {
    throw new CertwrightError('key', 'the private key asks for more work to open than is allowed')
  }
  return { cost, blockSize, parallelization, length: 32 }
}
