import {
  computePasswordMac,
  createWorkBudget,
  decryptWithPassword,
  type PasswordOctets,
  passwordEncryptionOf,
  passwordError,
  passwordMacOf,
  passwordReadings,
} from '../../algorithms/index.js'
import { Asn1Error, octetString } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import { type ContentInfo, contentTypeOid } from '../content-info.js'
import { EncryptedData } from '../envelope/enveloped-data.js'
import { anyReading, orPasswordError } from '../pkcs8-encryption.js'
import { assemble } from './assemble.js'
import { createBagReader, type FoundBags } from './read-bags.js'
import type { Reading } from './reading.js'
import { AuthenticatedSafe, type MacData, Pfx, type SafeBag, SafeContents } from './structures.js'
import type { Pkcs12, Pkcs12Deps, Pkcs12ReadOptions } from './types.js'

/**
 * Reads a PKCS #12 file (RFC 7292) in any form that is in use: PBES2 and the older schemes but for RC4, a MAC with any
 * hash or PBMAC1, BER as well as DER. Keys come with their certificate, found by localKeyID and by public key, and with
 * its issuers as far as the file has them; nothing is verified about certificates.
 *
 * An empty password is tried both as an empty text and as none at all: programs differ.
 *
 * @throws CertwrightError `decryption` when the password is wrong or the file was changed; `limit` when it asks for more
 * work than allowed; `algorithm` when it is protected by an algorithm, or by a public key, that is not supported;
 * `signature` when it has no MAC and `requireMac` is not `false`; Asn1Error when it is not a PFX.
 */
export async function decodePkcs12(
  deps: Pick<Pkcs12Deps, 'crypto' | 'publicKeyOf'>,
  bytes: Uint8Array,
  password: string,
  { requireMac = true, limits = {} }: Pkcs12ReadOptions = {},
): Promise<Pkcs12> {
  const reading: Reading = {
    crypto: deps.crypto,
    limits,
    ber: { ...limits, encoding: 'ber' },
    budget: createWorkBudget(limits),
  }
  const { version, authSafe, macData } = Pfx.decode(bytes, reading.ber)
  if (version !== 3) {
    throw new Asn1Error({ kind: 'value', path: ['version'], expected: '3', actual: `${version}` })
  }
  const octets = dataOf(authSafe, reading)
  if (macData === undefined && requireMac) {
    throw new CertwrightError('signature', 'the PKCS #12 file has no MAC: anybody can have changed it')
  }
  const passwords = passwordReadings(password)
  const first = macData === undefined ? undefined : await verifiedPassword(reading, octets, macData, passwords)
  const ordered = [...passwords].sort((a, b) => Number(b === first) - Number(a === first))
  const found = await anyReading(ordered, (candidate) => readSafes(reading, octets, candidate))
  return assemble(deps, found)
}

function dataOf({ contentType, content }: ContentInfo, { ber }: Reading): Uint8Array {
  if (contentType === contentTypeOid.data) return octetString.decode(content, ber)
  const what = contentType === contentTypeOid.signedData ? 'signed with a private key' : `of the type ${contentType}`
  throw new CertwrightError('algorithm', `a PKCS #12 file that is ${what} is not supported: make one with a password`)
}

/** The reading of the password that the MAC was made with. */
async function verifiedPassword(
  { crypto, limits, budget }: Reading,
  octets: Uint8Array,
  { mac, macSalt, iterations }: MacData,
  readings: readonly PasswordOctets[],
): Promise<PasswordOctets> {
  const passwordMac = passwordMacOf({ digestAlgorithm: mac.digestAlgorithm, macSalt, iterations }, limits)
  for (const reading of readings) {
    budget.spend(passwordMac)
    if (crypto.equal(await computePasswordMac(crypto, reading, passwordMac, octets), mac.digest)) return reading
  }
  throw passwordError()
}

async function readSafes(reading: Reading, octets: Uint8Array, password: PasswordOctets): Promise<FoundBags> {
  const reader = createBagReader(reading, password)
  for (const safe of AuthenticatedSafe.decode(octets, reading.ber)) {
    await reader.read(await bagsOf(reading, safe, password))
  }
  return reader.found
}

/** RFC 7292 section 4.1: in the clear, under the password, or under a public key. */
async function bagsOf(
  reading: Reading,
  { contentType, content }: ContentInfo,
  password: PasswordOctets,
): Promise<readonly SafeBag[]> {
  const { crypto, limits, ber, budget } = reading
  if (contentType === contentTypeOid.data) return SafeContents.decode(octetString.decode(content, ber), ber)
  if (contentType !== contentTypeOid.encryptedData) {
    const what = contentType === contentTypeOid.envelopedData ? 'encrypted for a public key' : `of type ${contentType}`
    throw new CertwrightError('algorithm', `PKCS #12 contents ${what} are not supported: encrypt them with a password`)
  }
  const { contentEncryptionAlgorithm, encryptedContent } = EncryptedData.decode(content, ber).encryptedContentInfo
  if (encryptedContent === undefined) {
    throw new Asn1Error({ kind: 'missing', path: ['encryptedContent'], expected: 'encrypted content', actual: 'none' })
  }
  const encryption = passwordEncryptionOf(contentEncryptionAlgorithm, limits)
  budget.spend(encryption)
  const decrypted = await decryptWithPassword(crypto, password, encryption, encryptedContent)
  return orPasswordError(() => SafeContents.decode(decrypted, ber))
}
