import { CertwrightError } from '../../errors.js'
import type { ProfileConfig } from './config.js'

/** Some of the settings, at any depth; `null` takes away what the profile below has. Lists replace lists. */
export type ProfileChange<T> = {
  readonly [K in keyof T]?:
    | (T[K] extends readonly unknown[] | undefined
        ? T[K]
        : T[K] extends object | undefined
          ? ProfileChange<NonNullable<T[K]>>
          : T[K])
    | null
}

/** A profile that says what it has differently from another one. */
export interface DerivedProfileConfig extends ProfileChange<Omit<ProfileConfig, 'id'>> {
  readonly id: string
  /** Id of the profile that this one derives from. */
  readonly extends: string
}

/** A config of its own, or a derived one. */
export type AnyProfileConfig = ProfileConfig | DerivedProfileConfig

/** Finds the profile that another one extends. */
export type ProfileResolver = (id: string) => AnyProfileConfig | undefined

/** Ancestors of one profile: more is a mistake. */
const deepest = 16

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The whole config of a derived profile: that of its ancestor with its own settings over it, field by field.
 *
 * @throws CertwrightError `profile-config` when an ancestor is missing, or the profiles extend each other in a circle.
 */
export function resolveProfileConfig(
  config: AnyProfileConfig,
  resolve: ProfileResolver = () => undefined,
): ProfileConfig {
  return resolveWithin(config, resolve, [])
}

function resolveWithin(config: AnyProfileConfig, resolve: ProfileResolver, below: readonly string[]): ProfileConfig {
  if (!isObject(config)) throw new CertwrightError('profile-config', 'a profile config must be an object')
  if (!isDerived(config)) return config
  const path = [...below, config.id]
  const { extends: parentId, ...own } = config
  if (path.includes(parentId)) {
    throw new CertwrightError('profile-config', `profiles extend each other: ${[...path, parentId].join(' -> ')}`)
  }
  if (path.length > deepest) {
    throw new CertwrightError('profile-config', `the profile "${path[0]}" has more than ${deepest} ancestors`)
  }
  const parent = resolve(parentId)
  if (parent === undefined) {
    throw new CertwrightError('profile-config', `"${config.id}" extends "${parentId}", and there is no such profile`)
  }
  return derive(resolveWithin(parent, resolve, path), own)
}

/** A whole config with changes over it. @internal */
export const derive = (base: ProfileConfig, change: ProfileChange<ProfileConfig>): ProfileConfig =>
  merge(base, change) as ProfileConfig

const isDerived = (config: AnyProfileConfig): config is DerivedProfileConfig =>
  'extends' in config && typeof config.extends === 'string'

function merge(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return withoutNulls(change)
  // A builder of another type shares no setting with the one it replaces.
  if (change['type'] !== undefined && change['type'] !== base['type']) return withoutNulls(change)
  const merged = new Map(Object.entries(base))
  for (const [field, value] of Object.entries(change)) {
    if (value === null) merged.delete(field)
    else if (value !== undefined) merged.set(field, merge(merged.get(field), value))
  }
  return Object.fromEntries(merged)
}

function withoutNulls(value: unknown): unknown {
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([, field]) => field !== null && field !== undefined)
  return Object.fromEntries(kept.map(([name, field]) => [name, withoutNulls(field)]))
}
