import { otherNameOid } from '../pkix/other-name.js'
import { attributeTypes } from './attribute-types.js'
import { personalDataOid } from './extensions/names.js'
import { psd2RoleOid, qcStatementOid, qcTypeOid, semanticsOid } from './extensions/qc-statements.js'
import {
  accessMethodOid,
  attributeOid,
  extendedKeyUsageOid,
  extensionOid,
  policyOid,
  requestAttributeOid,
} from './oids.js'

/** Algorithms, curves and content types that are met inside certificates and messages. */
const algorithmNames = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha1WithRSAEncryption: '1.2.840.113549.1.1.5',
  'id-mgf1': '1.2.840.113549.1.1.8',
  'id-RSASSA-PSS': '1.2.840.113549.1.1.10',
  sha256WithRSAEncryption: '1.2.840.113549.1.1.11',
  sha384WithRSAEncryption: '1.2.840.113549.1.1.12',
  sha512WithRSAEncryption: '1.2.840.113549.1.1.13',
  'id-PBKDF2': '1.2.840.113549.1.5.12',
  'id-PBES2': '1.2.840.113549.1.5.13',
  'id-data': '1.2.840.113549.1.7.1',
  'id-signedData': '1.2.840.113549.1.7.2',
  'id-envelopedData': '1.2.840.113549.1.7.3',
  'id-hmacWithSHA256': '1.2.840.113549.2.9',
  'id-ecPublicKey': '1.2.840.10045.2.1',
  prime256v1: '1.2.840.10045.3.1.7',
  'ecdsa-with-SHA256': '1.2.840.10045.4.3.2',
  'ecdsa-with-SHA384': '1.2.840.10045.4.3.3',
  'ecdsa-with-SHA512': '1.2.840.10045.4.3.4',
  secp384r1: '1.3.132.0.34',
  secp521r1: '1.3.132.0.35',
  'id-Ed25519': '1.3.101.112',
  'id-Ed448': '1.3.101.113',
  'id-sha1': '1.3.14.3.2.26',
  'id-scrypt': '1.3.6.1.4.1.11591.4.11',
  'aes256-CBC': '2.16.840.1.101.3.4.1.42',
  'id-sha256': '2.16.840.1.101.3.4.2.1',
  'id-sha384': '2.16.840.1.101.3.4.2.2',
  'id-sha512': '2.16.840.1.101.3.4.2.3',
} as const

const groups: readonly Readonly<Record<string, string>>[] = [
  algorithmNames,
  accessMethodOid,
  policyOid,
  requestAttributeOid,
  extendedKeyUsageOid,
  extensionOid,
  attributeOid,
  otherNameOid,
  personalDataOid,
  qcStatementOid,
  qcTypeOid,
  semanticsOid,
  psd2RoleOid,
]

const names: ReadonlyMap<string, string> = new Map([
  ...attributeTypes.map(({ oid, names: [first = oid] }) => [oid, first] as const),
  ...groups.flatMap((group) => Object.entries(group).map(([name, oid]) => [oid, name] as const)),
])

/** The name of an object identifier of this package's structures and algorithms, or `undefined`; for `printDer`. */
export const oidName = (oid: string): string | undefined => names.get(oid)
