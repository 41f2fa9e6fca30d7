export { encodeEncryptedData, openEncryptedData } from './encrypted-data.js'
export {
  type EnvelopeOptions,
  encodeEnvelope,
  type OpenedEnvelope,
  type OpenOptions,
  openEnvelope,
} from './envelope.js'
export { AuthEnvelopedData, EncryptedContentInfo, EncryptedData, EnvelopedData } from './enveloped-data.js'
export type { OpenDeps, Opener } from './open-recipient.js'
export {
  KekRecipientInfo,
  KemRecipientInfo,
  KeyAgreeRecipientIdentifier,
  KeyAgreeRecipientInfo,
  KeyTransRecipientInfo,
  OriginatorPublicKey,
  OtherRecipientInfo,
  PasswordRecipientInfo,
  RecipientInfo,
} from './recipient-info.js'
export type { EnvelopeDeps, Recipient } from './recipients.js'
