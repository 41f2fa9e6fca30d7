export { decodeBody } from './body.js'
export { asksForOtherNames, decodeCertificationRequest, encodeCertificationRequest } from './certification-request.js'
export { decodeCertificates, encodeCertificates, type TextLayout } from './certs-only.js'
export { cacertsType, issuedType, pkcs10Type, requestTypes } from './media-types.js'
