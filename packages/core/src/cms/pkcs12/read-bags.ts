import { type PasswordOctets, passwordEncryptionOf } from '../../algorithms/index.js'
import { octetString } from '../../asn1/index.js'
import { CertwrightError } from '../../errors.js'
import { EncryptedPrivateKeyInfo, PrivateKeyInfo } from '../pkcs8.js'
import { unsealPrivateKey } from '../pkcs8-encryption.js'
import { type BagAttributes, decodeBagAttributes } from './attributes.js'
import type { FoundCertificate } from './matching.js'
import type { Reading } from './reading.js'
import { bagOid, type SafeBag, SafeContents, TypedBag } from './structures.js'
import type { Pkcs12Secret } from './types.js'

/** A private key as its bag has it. */
export interface FoundKey extends BagAttributes {
  readonly privateKey: Uint8Array
}

/** What the bags of a file hold, before keys and certificates are brought together. */
export interface FoundBags {
  readonly keys: FoundKey[]
  readonly certificates: FoundCertificate[]
  readonly crls: Uint8Array[]
  readonly secrets: Pkcs12Secret[]
}

const defaultMaxBags = 10_000
const deepest = 8

/** Collects what the bags of one file hold; bags of unknown types are passed over. */
export function createBagReader({ crypto, limits, ber, budget }: Reading, password: PasswordOctets) {
  const found: FoundBags = { keys: [], certificates: [], crls: [], secrets: [] }
  let left = limits.maxBags ?? defaultMaxBags

  const openKey = async (encrypted: Uint8Array): Promise<Uint8Array> => {
    const { encryptionAlgorithm, encryptedData } = EncryptedPrivateKeyInfo.decode(encrypted, ber)
    const encryption = passwordEncryptionOf(encryptionAlgorithm, limits)
    budget.spend(encryption)
    return unsealPrivateKey(crypto, encryptedData, password, encryption)
  }
  const readTyped = (bag: SafeBag, known: string): Uint8Array | undefined => {
    const { type, value } = TypedBag.decode(bag.bagValue, ber)
    return type === known ? octetString.decode(value, ber) : undefined
  }
  const readers: Readonly<Record<string, (bag: SafeBag, depth: number) => void | Promise<void>>> = {
    [bagOid.key]: (bag) => {
      PrivateKeyInfo.decode(bag.bagValue, ber)
      found.keys.push({ ...decodeBagAttributes(bag.bagAttributes), privateKey: bag.bagValue })
    },
    [bagOid.shroudedKey]: async (bag) => {
      const attributes = decodeBagAttributes(bag.bagAttributes)
      found.keys.push({ ...attributes, privateKey: await openKey(bag.bagValue) })
    },
    [bagOid.certificate]: (bag) => {
      const certificate = readTyped(bag, bagOid.x509Certificate)
      const attributes = decodeBagAttributes(bag.bagAttributes)
      if (certificate !== undefined) found.certificates.push({ ...attributes, certificate })
    },
    [bagOid.crl]: (bag) => {
      const crl = readTyped(bag, bagOid.x509Crl)
      if (crl !== undefined) found.crls.push(crl)
    },
    [bagOid.secret]: (bag) => {
      const { trusted: _, ...attributes } = decodeBagAttributes(bag.bagAttributes)
      found.secrets.push({ ...attributes, ...TypedBag.decode(bag.bagValue, ber) })
    },
    [bagOid.safeContents]: (bag, depth) => read(SafeContents.decode(bag.bagValue, ber), depth + 1),
  }
  const read = async (bags: readonly SafeBag[], depth = 0): Promise<void> => {
    left -= bags.length
    if (left < 0 || depth > deepest) {
      throw new CertwrightError('limit', 'the PKCS #12 file has more bags, or deeper ones, than are allowed')
    }
    for (const bag of bags) await readers[bag.bagId]?.(bag, depth)
  }
  return { found, read: (bags: readonly SafeBag[]) => read(bags) }
}
