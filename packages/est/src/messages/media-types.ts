/** Content types of requests that are read as a certification request. */
export const requestTypes: ReadonlySet<string> = new Set(['application/pkcs10', 'application/octet-stream'])

/** Content type of a certification request (RFC 7030 section 4.2.1). */
export const pkcs10Type = 'application/pkcs10'

/** Content type of the answer to cacerts (RFC 7030 section 4.1.3). libest accepts it with no parameter only. */
export const cacertsType = 'application/pkcs7-mime'

/** Content type of an issued certificate (RFC 7030 section 4.2.3). libest accepts it in exactly this form. */
export const issuedType = 'application/pkcs7-mime; smime-type=certs-only'
