import { any, constrained, octetString, optional, sequence, sequenceOf, toHex, utf8String } from '../asn1/index.js'
import type { CryptoBackend } from '../ports/index.js'
import { Extension, Name } from '../x509/index.js'
import type { CertificateOrder } from './types.js'

/** What makes two orders the same order. */
const OrderContent = sequence({
  profile: utf8String,
  requester: utf8String,
  subject: Name,
  publicKey: any,
  extensions: sequenceOf(Extension),
  keyIdentifier: optional(constrained(octetString, ({ length }) => length >= 1 && length <= 64, '1 to 64 octets')),
  wishes: optional(utf8String),
})

/** SHA-256, in hexadecimal, of what an order asks for: a request id that comes again must ask for the same. */
export async function requestDigest(crypto: CryptoBackend, order: CertificateOrder): Promise<string> {
  const { profile, requester, subject, publicKey, extensions, keyIdentifier } = order
  return toHex(
    await crypto.digest(
      'sha256',
      OrderContent.encode({
        profile,
        requester,
        subject,
        publicKey,
        extensions,
        keyIdentifier,
        wishes: wishesOf(order),
      }),
    ),
  )
}

/** What else an order asks for, as text; `undefined` for orders without, whose digests were made before there was any. */
function wishesOf({ variables, names, privileged, override, notAfter }: CertificateOrder): string | undefined {
  const wishes = { variables, names, privileged, override, notAfter: notAfter?.getTime() }
  if (Object.values(wishes).every((wish) => wish === undefined)) return undefined
  return JSON.stringify(wishes, (_field, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value))
}
