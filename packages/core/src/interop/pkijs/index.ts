/**
 * Our values and those of pkijs, an optional peer dependency, which brings asn1js. Signed parts keep their octets in
 * both directions. asn1js reads at most 10,000 elements: it refuses the CRL of a larger CA.
 *
 * @example
 * ```ts run
 * import { memoryKeys, memoryStore, openCa } from '@certwright/core'
 * import { ContentInfo, encodeCertsOnly } from '@certwright/core/cms'
 * import { fromPkijsCertificate, toPkijsContentInfo } from '@certwright/core/interop/pkijs'
 * import { formatName } from '@certwright/core/x509'
 * import { Certificate, SignedData } from 'pkijs'
 *
 * const ca = await openCa(
 *   { store: memoryStore(), keys: memoryKeys() },
 *   { id: 'acme~devices', subject: 'CN=Acme Device CA', profile: 'basic-ca-root' },
 * )
 * const message = toPkijsContentInfo(ContentInfo.decode(encodeCertsOnly([ca.certificate])))
 * const [certificate] = new SignedData({ schema: message.content }).certificates ?? []
 * if (!(certificate instanceof Certificate)) throw new Error('no certificate')
 *
 * const { subject } = fromPkijsCertificate(certificate).tbsCertificate.value
 * console.log(formatName(subject)) // CN=Acme Device CA
 * ```
 *
 * @module
 */
export {
  fromPkijsContentInfo,
  fromPkijsPrivateKey,
  fromPkijsSignedData,
  toPkijsContentInfo,
  toPkijsPrivateKey,
  toPkijsSignedData,
} from './cms.js'
export {
  fromPkijsCertificate,
  fromPkijsCrl,
  fromPkijsPublicKey,
  fromPkijsRequest,
  toPkijsCertificate,
  toPkijsCrl,
  toPkijsPublicKey,
  toPkijsRequest,
} from './x509.js'
