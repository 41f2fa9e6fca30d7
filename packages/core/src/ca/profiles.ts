import { CertwrightError } from '../errors.js'
import { type AnyProfileConfig, catalogue, compileProfile, type KeySizePolicy, type Profile } from '../profile/index.js'

/**
 * Compiles a profile given by its catalogue id or as a config.
 *
 * @throws CertwrightError `configuration` for an unknown id; ProfileConfigError for a faulty config.
 */
export function resolveProfile(profile: string | AnyProfileConfig, keySizes: readonly KeySizePolicy[] = []): Profile {
  const config = typeof profile === 'string' ? catalogue.get(profile) : profile
  if (config === undefined)
    throw new CertwrightError('configuration', `the catalogue has no profile "${String(profile)}"`)
  return compileProfile(config, { extends: (id) => catalogue.get(id), keySizes })
}

/** The profiles a CA may issue under, by id: those named, or every end-entity profile of the catalogue. */
export function enabledProfiles(
  named: readonly (string | AnyProfileConfig)[] | undefined,
  issueIntermediates: boolean,
  keySizes: readonly KeySizePolicy[],
): ReadonlyMap<string, Profile> {
  const chosen = named ?? [...catalogue.values()].filter(({ kind }) => kind === 'end-entity')
  if (chosen.length === 0) throw new CertwrightError('configuration', 'enable at least one profile for the CA')
  const profiles = chosen.map((profile) => resolveProfile(profile, keySizes))
  const root = profiles.find(({ config }) => config.kind === 'root')
  if (root !== undefined) {
    throw new CertwrightError('configuration', `"${root.id}" is for self-signed certificates; no CA issues under it`)
  }
  const intermediate = profiles.find(({ config }) => config.kind === 'intermediate')
  if (intermediate !== undefined && !issueIntermediates) {
    throw new CertwrightError(
      'configuration',
      `"${intermediate.id}" is for CAs: set issueIntermediates if this CA is to have some below it`,
    )
  }
  return new Map(profiles.map((profile) => [profile.id, profile]))
}
