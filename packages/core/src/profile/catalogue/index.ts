import type { ProfileConfig } from '../config.js'
import { basicCaRoot, basicCaSubord } from './authority.js'
import { estDigitalSignature } from './est.js'
import { privateSslTlsServer } from './private-ssl.js'

/** The ready-made profiles by their ids. */
export const catalogue: ReadonlyMap<string, ProfileConfig> = new Map(
  [basicCaRoot, basicCaSubord, estDigitalSignature, privateSslTlsServer].map((config) => [config.id, config]),
)
