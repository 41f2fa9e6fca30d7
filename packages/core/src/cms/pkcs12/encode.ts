import {
  computePasswordMac,
  encryptWithPassword,
  hashAlgorithm,
  legacyPasswordEncryption,
  type PasswordEncryption,
  type PasswordMac,
  type PasswordOctets,
  passwordEncryptionIdentifier,
  passwordMacFields,
  passwordMacOf,
  passwordOctets,
} from '../../algorithms/index.js'
import { octetString, toHex } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import { type ContentInfo, contentTypeOid } from '../content-info.js'
import { EncryptedData } from '../envelope/enveloped-data.js'
import { newPasswordEncryption } from '../password-options.js'
import { EncryptedPrivateKeyInfo } from '../pkcs8.js'
import { sealPrivateKey } from '../pkcs8-encryption.js'
import { certificateBag, crlBag, secretBag, shroudedKeyBag } from './bags.js'
import { type FoundCertificate, subjectPublicKeyOf } from './matching.js'
import { subjectPublicKeyOfPrivateKey } from './public-key.js'
import { AuthenticatedSafe, Pfx, type SafeBag, SafeContents } from './structures.js'
import type { Pkcs12Contents, Pkcs12Deps, Pkcs12Key, Pkcs12MacOptions, Pkcs12Options } from './types.js'

const defaultIterations = 100_000
const legacyIterations = 10_000

/** How the parts of one file are encrypted and authenticated; each part gets a salt of its own. */
interface Protection {
  readonly password: PasswordOctets
  readonly encryption: () => PasswordEncryption
  readonly mac: PasswordMac
}

/**
 * Writes a PKCS #12 file (RFC 7292): private keys with their certificates, and other certificates, all of it encrypted
 * and authenticated under one password. Modern by default: PBES2 with AES-256, and a MAC with SHA-256.
 *
 * @example
 * ```ts
 * import { memoryKeys, memoryStore, openCa } from '@certwright/core'
 * import { decodePkcs12, encodePkcs12 } from '@certwright/core/cms'
 * import { generatePrivateKey, systemDefaults } from '@certwright/core/defaults'
 *
 * const ca = await openCa(
 *   { store: memoryStore(), keys: memoryKeys() },
 *   { id: 'acme~devices', subject: 'CN=Acme Device CA', profile: 'basic-ca-root' },
 * )
 * const key = await generatePrivateKey('ecdsa-p256') // and a certificate for it, which would come first below
 * const file = await encodePkcs12(
 *   systemDefaults,
 *   {
 *     keys: [{ privateKey: key.pkcs8(), friendlyName: 'device-1' }],
 *     certificates: [{ certificate: ca.certificate, friendlyName: 'Acme Device CA', trusted: true }],
 *   },
 *   'a long password',
 * )
 * const { keys, certificates } = await decodePkcs12(systemDefaults, file, 'a long password')
 * console.log(keys[0]?.friendlyName, certificates[0]?.trusted) // device-1 true
 * ```
 * @returns DER of the PFX
 * @throws CertwrightError `key` when the first certificate of a key is not of this key; `configuration`, `limit` or
 * `algorithm` for options that cannot be; Asn1Error when a key is not a PrivateKeyInfo, or a name not Unicode.
 */
export async function encodePkcs12(
  deps: Pkcs12Deps,
  contents: Pkcs12Contents,
  password: string,
  options: Pkcs12Options = {},
): Promise<Uint8Array> {
  const protection = protectionOf(deps, passwordOctets(password), options)
  const keys = await Promise.all((contents.keys ?? []).map((key) => identified(deps, key)))
  const concealed = [
    ...certificatesOf(keys, contents).map(certificateBag),
    ...(contents.crls ?? []).map(crlBag),
    ...(contents.secrets ?? []).map(secretBag),
  ]
  const safes: ContentInfo[] = []
  if (concealed.length > 0) safes.push(await encryptedSafe(deps, concealed, protection))
  if (keys.length > 0) {
    const bags = await Promise.all(keys.map((key) => keyBag(deps, key, protection)))
    safes.push(dataInfo(SafeContents.encode(bags)))
  }
  return authenticated(deps, AuthenticatedSafe.encode(safes), protection)
}

function protectionOf(
  { random }: Pkcs12Deps,
  password: PasswordOctets,
  { legacy = false, encryption = {}, mac = {} }: Pkcs12Options,
): Protection {
  if (!legacy) {
    const modern = () => newPasswordEncryption(random, encryption, defaultIterations)
    return { password, encryption: modern, mac: macOf(mac, random.bytes(16)) }
  }
  if (Object.keys(encryption).length > 0 || Object.keys(mac).length > 0) {
    throw new CertwrightError('configuration', 'legacy PKCS #12 takes neither encryption nor mac')
  }
  const scheme = legacyPasswordEncryption('pbeWithSHAAnd3-KeyTripleDES-CBC')
  return {
    password,
    encryption: () => ({ kind: 'legacy', scheme, salt: random.bytes(8), iterations: legacyIterations }),
    mac: { kind: 'pkcs12', hash: 'sha1', salt: random.bytes(8), iterations: legacyIterations },
  }
}

/** Read back, so that nothing is written that readers with the default limits would refuse. */
function macOf(options: Pkcs12MacOptions, salt: Uint8Array): PasswordMac {
  const { kind = 'pkcs12', hash = 'sha256', iterations = defaultIterations } = options
  if (kind === 'pkcs12') return passwordMacOf(passwordMacFields({ kind, hash, salt, iterations }))
  // As long a key as the code, as RFC 9579 recommends.
  const derivation = { kind: 'pbkdf2', hash, salt, iterations, length: hashAlgorithm(hash).length } as const
  return passwordMacOf(passwordMacFields({ kind, derivation, hash }))
}

/** A key with the localKeyID that links it to its certificate. */
async function identified(deps: Pkcs12Deps, key: Pkcs12Key): Promise<Pkcs12Key> {
  const [own] = key.certificates ?? []
  if (own === undefined) return key
  const publicKey = await subjectPublicKeyOfPrivateKey(deps, key.privateKey)
  const certified = subjectPublicKeyOf(own)
  if (publicKey !== undefined && certified !== undefined && toHex(publicKey) !== certified) {
    throw new CertwrightError('key', 'the first certificate of a private key is not of this key')
  }
  return { ...key, localKeyId: key.localKeyId ?? (await deps.crypto.digest('sha256', own)).slice(0, 20) }
}

/** Every certificate once, in order: those of the keys, then the others. */
function certificatesOf(keys: readonly Pkcs12Key[], { certificates = [] }: Pkcs12Contents): FoundCertificate[] {
  const all = new Map<string, FoundCertificate>()
  const add = ({ certificate, ...attributes }: FoundCertificate) => {
    const id = toHex(certificate)
    all.set(id, { certificate, ...all.get(id), ...attributes })
  }
  for (const { certificates: chain = [], friendlyName, localKeyId } of keys) {
    const ownAttributes = {
      ...(friendlyName === undefined ? {} : { friendlyName }),
      ...(localKeyId === undefined ? {} : { localKeyId }),
    }
    chain.forEach((certificate, index) => {
      add({ certificate, ...(index === 0 ? ownAttributes : {}) })
    })
  }
  certificates.forEach(add)
  return [...all.values()]
}

async function keyBag(
  { crypto }: Pkcs12Deps,
  { privateKey, certificates: _, ...attributes }: Pkcs12Key,
  { password, encryption }: Protection,
): Promise<SafeBag> {
  const info = await sealPrivateKey(crypto, privateKey, password, encryption())
  return shroudedKeyBag(EncryptedPrivateKeyInfo.encode(info), attributes)
}

const dataInfo = (octets: Uint8Array): ContentInfo => ({
  contentType: contentTypeOid.data,
  content: octetString.encode(octets),
})

async function encryptedSafe(
  { crypto }: Pkcs12Deps,
  bags: readonly SafeBag[],
  { password, encryption }: Protection,
): Promise<ContentInfo> {
  const scheme = encryption()
  const content = EncryptedData.encode({
    version: 0,
    encryptedContentInfo: {
      contentType: contentTypeOid.data,
      contentEncryptionAlgorithm: passwordEncryptionIdentifier(scheme),
      encryptedContent: await encryptWithPassword(crypto, password, scheme, SafeContents.encode(bags)),
    },
  })
  return { contentType: contentTypeOid.encryptedData, content }
}

async function authenticated(
  { crypto }: Pkcs12Deps,
  octets: Uint8Array,
  { password, mac }: Protection,
): Promise<Uint8Array> {
  const { digestAlgorithm, macSalt, iterations } = passwordMacFields(mac)
  const digest = await computePasswordMac(crypto, password, mac, octets)
  return Pfx.encode({
    version: 3,
    authSafe: dataInfo(octets),
    macData: { mac: { digestAlgorithm, digest }, macSalt, iterations },
  })
}
