import type { WorkBudget } from '../../algorithms/index.js'
import type { DecodeOptions } from '../../asn1/index.js'
import type { Pkcs12Deps, Pkcs12Limits } from './types.js'

/** What one call of `decodePkcs12` has at hand everywhere. */
export interface Reading {
  readonly crypto: Pkcs12Deps['crypto']
  readonly limits: Pkcs12Limits
  readonly ber: DecodeOptions
  readonly budget: WorkBudget
}
