import { keyTypes } from '../../algorithms/index.js'
import type { KeyType } from '../../ports/index.js'
import { described, duration, flag, list, moment, object, oneOf, type Shape, whole } from '../shape/index.js'

/** Off, written to the audit, or a reason to refuse. */
export const mode = oneOf(['off', 'log', 'block'])

const keyTypeNames = keyTypes.map(({ type }) => type)
const keyType = oneOf(keyTypeNames) as Shape<KeyType>

export const validityShape = described(
  object(
    {},
    {
      /** Length when the requester asks for none; needed unless `notAfter` is fixed. */
      default: duration,
      /** The longest that anybody gets; `default` when absent. */
      maximum: duration,
      /** A fixed beginning; from then on, and not before it, certificates can be issued. */
      notBefore: moment,
      /** A fixed end instead of a length. */
      notAfter: moment,
      /** How far before the present moment notBefore lies, for devices whose clocks are slow; at most PT48H. */
      backdate: duration,
      /** What a requester may ask for: nothing, an earlier end, or any end up to `maximum`; `shorten` when absent. */
      requester: oneOf(['nothing', 'shorten', 'up-to-maximum']),
    },
  ),
  'When certificates begin and end; never beyond those of the issuer.',
)

export const keySizesShape = described(
  object(
    {
      /** Whether smaller keys pass, are written to the audit, or are refused. */
      mode,
    },
    {
      /** Bits of the modulus. */
      rsa: whole(1024, 16384),
      /** Bits of the field. */
      ec: whole(224, 521),
    },
  ),
  'The smallest keys; a platform, a CA and a profile may each have such a policy, and all of them count.',
)

export const keysShape = described(
  object(
    {
      /** The types of subject key that are certified. */
      allowed: list(keyType, { min: 1 }),
    },
    {
      minimumSizes: keySizesShape,
      /** Keys that are known to be weak (ROCA, close primes, blocklists); `block` when absent. */
      weak: mode,
      /** Keys that a CA uses itself; `block` when absent. */
      caKeys: mode,
    },
  ),
  'The subject keys that are certified.',
)

export const p12Shape = described(
  object(
    {
      /** The type of key that the server makes. */
      keyType,
    },
    {
      /** Whether a request may also bring a key of its own; true when absent. */
      requests: flag,
    },
  ),
  'The server makes the key and answers with a PKCS #12 file.',
)
