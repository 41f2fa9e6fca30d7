import { choice, type Infer, implicit, octetString, sequence } from '../asn1/index.js'

/**
 * The private key of ML-DSA (RFC 9881 section 6) and ML-KEM (RFC 9935 section 6): the seed it is made from, its expanded
 * form, or both. How long each is says the parameter set.
 */
export const SeededPrivateKey = choice({
  seed: implicit(0, octetString),
  expandedKey: octetString,
  both: sequence({ seed: octetString, expandedKey: octetString }),
})
export type SeededPrivateKey = Infer<typeof SeededPrivateKey>
