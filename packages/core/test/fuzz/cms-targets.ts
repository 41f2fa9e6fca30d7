import { fromHex, objectIdentifier, octetString, toHex } from '@certwright/core/asn1'
import { ContentInfo, contentTypeOid, decodeCertsOnly, EncapsulatedContentInfo, SignedData } from '@certwright/core/cms'
import { type FuzzTarget, refusedOr, schemaTarget } from './target.js'

/** A SignedData with all that may be absent. */
const signedData = (certificate: Uint8Array, crl: Uint8Array): Uint8Array =>
  SignedData.encode({
    version: 5,
    digestAlgorithms: [{ algorithm: '2.16.840.1.101.3.4.2.1' }],
    encapContentInfo: { eContentType: contentTypeOid.data, eContent: octetString.encode(fromHex('0102')) },
    certificates: [certificate, fromHex('a3020500')],
    crls: [crl, fromHex('a1040602 2a03'.replace(' ', ''))],
    signerInfos: [fromHex('3003020101')],
  })

/** A message as streaming senders write it: indefinite lengths, and the content in pieces. */
const streamed = fromHex(
  `3080${toHex(objectIdentifier.encode(contentTypeOid.data))}a0802480${toHex(octetString.encode(fromHex('0102')))}0401ff000000000000`,
)

/** The decoders of core/cms that read messages. */
export function cmsTargets(messages: {
  readonly certsOnly: Uint8Array
  readonly certificate: Uint8Array
  readonly crl: Uint8Array
}): Readonly<Record<string, FuzzTarget>> {
  const signed = signedData(messages.certificate, messages.crl)
  const content = ContentInfo.encode({ contentType: contentTypeOid.signedData, content: signed })
  return {
    'certs-only': {
      seeds: [messages.certsOnly, content],
      run: (input) => {
        refusedOr(() => decodeCertsOnly(input))
        refusedOr(() => decodeCertsOnly(input, { encoding: 'ber' }))
      },
    },
    'content-info': schemaTarget(ContentInfo, [messages.certsOnly, content, streamed]),
    'signed-data': schemaTarget(SignedData, [signed]),
    'encapsulated-content': schemaTarget(EncapsulatedContentInfo, [
      EncapsulatedContentInfo.encode({
        eContentType: contentTypeOid.data,
        eContent: octetString.encode(fromHex('0102')),
      }),
    ]),
  }
}
