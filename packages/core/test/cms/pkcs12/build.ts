import {
  computePasswordMac,
  encryptWithPassword,
  type PasswordEncryption,
  type PasswordMac,
  passwordEncryptionIdentifier,
  passwordMacFields,
  passwordOctets,
} from '@certwright/core/algorithms'
import {
  any,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  sequenceOf,
  setOf,
} from '@certwright/core/asn1'
import { contentTypeOid, EncryptedPrivateKeyInfo } from '@certwright/core/cms'
import { nodeCrypto } from '@certwright/core/defaults'
import { AlgorithmIdentifier, Attribute } from '@certwright/core/x509'

/** The structures again, by themselves, so that tests can write what the encoder would not. */
const Typed = sequence({ type: objectIdentifier, value: explicit(0, any) })
const Bag = sequence({ bagId: objectIdentifier, bagValue: explicit(0, any) })

export const typed = (type: string, value: Uint8Array): Uint8Array => Typed.encode({ type, value })
export const bag = (arc: number, bagValue: Uint8Array): Uint8Array =>
  Bag.encode({ bagId: `1.2.840.113549.1.12.10.1.${arc}`, bagValue })
export const list = (...elements: readonly Uint8Array[]): Uint8Array => sequenceOf(any).encode(elements)
export const data = (octets: Uint8Array): Uint8Array => typed(contentTypeOid.data, octetString.encode(octets))
export const certificateBag = (certificate: Uint8Array): Uint8Array =>
  bag(3, typed('1.2.840.113549.1.9.22.1', octetString.encode(certificate)))

/** A certBag with attributes: the object identifier of each and its values. */
export function attributedBag(certificate: Uint8Array, attributes: readonly (readonly [string, Uint8Array])[]) {
  const Attributed = sequence({ bagId: objectIdentifier, bagValue: explicit(0, any), attributes: setOf(Attribute) })
  return Attributed.encode({
    bagId: '1.2.840.113549.1.12.10.1.3',
    bagValue: typed('1.2.840.113549.1.9.22.1', octetString.encode(certificate)),
    attributes: attributes.map(([type, value]) => ({ type, values: [value] })),
  })
}

/** An EncryptedData of bags. */
export async function encrypted(bags: Uint8Array, password: string, encryption: PasswordEncryption) {
  const octets = await encryptWithPassword(nodeCrypto, passwordOctets(password), encryption, bags)
  const info = sequence({ type: objectIdentifier, algorithm: AlgorithmIdentifier, content: any })
  const content = octetString.encode(octets)
  content[0] = 0x80
  const algorithm = passwordEncryptionIdentifier(encryption)
  const encryptedContentInfo = info.encode({ type: contentTypeOid.data, algorithm, content })
  const value = sequence({ version: integer, info: any }).encode({ version: 0n, info: encryptedContentInfo })
  return typed(contentTypeOid.encryptedData, value)
}

/** An EncryptedPrivateKeyInfo, whatever is in it. */
export async function encryptedKey(key: Uint8Array, password: string, encryption: PasswordEncryption) {
  const encryptedData = await encryptWithPassword(nodeCrypto, passwordOctets(password), encryption, key)
  return EncryptedPrivateKeyInfo.encode({
    encryptionAlgorithm: passwordEncryptionIdentifier(encryption),
    encryptedData,
  })
}

/** A PFX without MAC. */
export const withoutMac = (safes: Uint8Array): Uint8Array =>
  sequence({ version: integer, authSafe: any }).encode({ version: 3n, authSafe: data(safes) })

/** The octets of an authenticated safe with their MAC, made as told. */
export async function pfx(safes: Uint8Array, password: string, mac: PasswordMac, authSafe = data(safes)) {
  const digest = await computePasswordMac(nodeCrypto, passwordOctets(password), mac, safes)
  return withMac(authSafe, mac, digest)
}

/** A PFX whose MAC says what it is told. */
export function withMac(authSafe: Uint8Array, mac: PasswordMac, digest: Uint8Array, iterations?: bigint): Uint8Array {
  const fields = passwordMacFields(mac)
  const digestInfo = sequence({ algorithm: AlgorithmIdentifier, digest: octetString })
  const macData = sequence({ mac: digestInfo, salt: octetString, iterations: integer })
  return sequence({ version: integer, authSafe: any, macData }).encode({
    version: 3n,
    authSafe,
    macData: {
      mac: { algorithm: fields.digestAlgorithm, digest },
      salt: fields.macSalt,
      iterations: iterations ?? fields.iterations,
    },
  })
}
