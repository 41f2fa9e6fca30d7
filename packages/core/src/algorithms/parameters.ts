import type { AlgorithmIdentifier } from '../x509/index.js'

/** DER NULL. */
export const derNull = Uint8Array.of(0x05, 0x00)

/** Whether an algorithm comes without parameters or with NULL: the two mean the same (RFC 4055 section 2.1). */
export const isWithoutParameters = ({ parameters }: AlgorithmIdentifier): boolean =>
  parameters === undefined || (parameters.length === 2 && parameters[0] === 0x05)
