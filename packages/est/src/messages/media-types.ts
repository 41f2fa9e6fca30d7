/** Content types of requests that are read as a certification request. */
export const requestTypes: ReadonlySet<string> = new Set(['application/pkcs10', 'application/octet-stream'])

/** Content type of a certification request (RFC 7030 section 4.2.1). */
export const pkcs10Type = 'application/pkcs10'

/** Content type of a certs-only answer (RFC 7030 sections 4.1.3 and 4.2.3). */
export const certsOnlyType = 'application/pkcs7-mime; smime-type=certs-only'
