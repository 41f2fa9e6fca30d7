import type { ProfileConfig } from '../config/index.js'
import { authorities, basicIntermediateCa } from './authorities.js'
import { devices } from './devices.js'
import { enrollment } from './enrollment.js'
import { multiuse } from './multiuse.js'
import { peopleAndThings } from './people-and-things.js'
import { privateSsl } from './private-ssl.js'
import { publicTrust } from './public-trust.js'

/** The profiles of the system that Certwright replaces, under their exact ids. */
const reference: readonly ProfileConfig[] = [
  ...authorities,
  ...enrollment,
  ...multiuse,
  ...privateSsl,
  ...peopleAndThings,
]

/** The ready-made profiles by their ids: to issue under as they are, or to extend. */
export const catalogue: ReadonlyMap<string, ProfileConfig> = new Map(
  [...reference, basicIntermediateCa, ...publicTrust, ...devices].map((config) => [config.id, config]),
)
