import { any, type Infer, objectIdentifier, optional, sequence } from '../asn1/index.js'

/** AlgorithmIdentifier, RFC 5280 section 4.1.1.2. `parameters` is the whole element, undecoded. */
export const AlgorithmIdentifier = sequence({
  algorithm: objectIdentifier,
  parameters: optional(any),
})
export type AlgorithmIdentifier = Infer<typeof AlgorithmIdentifier>
