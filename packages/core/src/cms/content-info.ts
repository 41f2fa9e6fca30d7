import { any, explicit, type Infer, objectIdentifier, sequence } from '../asn1/index.js'

/** Content types of CMS: RFC 5652 section 14, RFC 5083 section 5, RFC 3274, and those of the protocols. */
export const contentTypeOid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  digestedData: '1.2.840.113549.1.7.5',
  encryptedData: '1.2.840.113549.1.7.6',
  authenticatedData: '1.2.840.113549.1.9.16.1.2',
  compressedData: '1.2.840.113549.1.9.16.1.9',
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
} as const

/** ContentInfo, RFC 5652 section 3. `content` is the whole element of the type that `contentType` names. */
export const ContentInfo = sequence({
  contentType: objectIdentifier,
  content: explicit(0, any),
})
export type ContentInfo = Infer<typeof ContentInfo>
