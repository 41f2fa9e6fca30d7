import { CertwrightError } from '../errors.js'

/** Organization names that addresses of the platform already use. */
const reserved: ReadonlySet<string> = new Set(
  (
    'acs ca cas crl crlagent crlresponder deploy idp main meteringca persistgc pkihub pkihubidp scheduler schema schemas ' +
    'schemes vaagent'
  ).split(' '),
)

/** What the ids of requests for certificates of CAs begin with. Nobody outside may choose such an id: it could be in a CA's way. */
export const caRequestPrefix = 'ca-certificate:'

/** A CA's address in its parts. */
export interface CaId {
  readonly organization: string
  readonly name: string
}

/**
 * Reads a CA id `organization~name`: 3 to 14 and 3 to 18 characters of `a-z`, `0-9`, `_`, `-`.
 *
 * @throws CertwrightError `configuration` when it is not one, or the organization's name is reserved.
 */
export function parseCaId(id: string): CaId {
  const match = /^([a-z0-9_-]{3,14})~([a-z0-9_-]{3,18})$/.exec(id)
  const [organization, name] = match?.slice(1) ?? []
  if (organization === undefined || name === undefined) {
    const rule = 'an organization of 3 to 14 and a name of 3 to 18 characters a-z 0-9 _ -, joined by ~'
    throw new CertwrightError('configuration', `"${id.slice(0, 60)}" is not the id of a CA: ${rule}`)
  }
  if (reserved.has(organization)) {
    throw new CertwrightError(
      'configuration',
      `"${organization}" cannot be the name of an organization: it is reserved`,
    )
  }
  return { organization, name }
}
