import { catalogue, compileProfile, type ProfileConfig, ProfileConfigError } from '@certwright/core/profile'
import { describe, expect, it } from 'vitest'

const good = catalogue.get('est-digital-signature')
if (good === undefined) throw new Error('the catalogue lost its first profile')

const faultsOf = (config: ProfileConfig): string[] => {
  try {
    compileProfile(config)
  } catch (error) {
    if (error instanceof ProfileConfigError) return error.faults.map(({ path }) => path)
    throw error
  }
  return []
}

describe('compileProfile', () => {
  it.each([...catalogue.values()])('accepts $id of the catalogue', (config) => {
    expect(compileProfile(config).id).toBe(config.id)
  })

  const table: readonly (readonly [string, Partial<ProfileConfig>, string])[] = [
    ['an id with capitals', { id: 'EST' }, 'id'],
    ['a length that is no duration', { validity: { default: '1 year' } }, 'validity.default'],
    ['no length', { validity: { default: 'PT0S' } }, 'validity.default'],
    ['backdating by a month', { validity: { default: 'P1Y', backdate: 'P1M' } }, 'validity.backdate'],
    ['no keys', { keys: { allowed: [] } }, 'keys.allowed'],
    ['no usage', { keyUsage: [] }, 'keyUsage'],
    ['an end entity that signs certificates', { keyUsage: ['keyCertSign'] }, 'keyUsage'],
    ['encipherOnly alone', { keyUsage: ['encipherOnly'] }, 'keyUsage'],
    ['an end entity that is a CA', { basicConstraints: { cA: true } }, 'basicConstraints.cA'],
    [
      'a path length without CA',
      { basicConstraints: { cA: false, pathLenConstraint: 0 } },
      'basicConstraints.pathLenConstraint',
    ],
    ['a purpose that is no OID', { extendedKeyUsage: { always: ['serverAuth'] } }, 'extendedKeyUsage.always.0'],
    [
      'a purpose twice',
      { extendedKeyUsage: { always: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.1'] } },
      'extendedKeyUsage.always',
    ],
    ['basicConstraints from the request', { requestExtensions: { pass: ['2.5.29.19'] } }, 'requestExtensions.pass.0'],
    ['keyUsage from the request', { requestExtensions: { pass: ['2.5.29.15'] } }, 'requestExtensions.pass.0'],
    ['a request extension that is no OID', { requestExtensions: { pass: ['2.5.29.019'] } }, 'requestExtensions.pass.0'],
    ['an empty subject without other names', { subjectAlternativeName: { use: 'never' } }, 'subject.empty'],
  ]
  it.each(table)('refuses %s', (_what, change, path) => {
    expect(faultsOf({ ...good, ...change })).toContain(path)
  })

  it('names every fault at once', () => {
    const faults = faultsOf({ ...good, id: '', keys: { allowed: [] }, requestExtensions: { pass: ['x', 'y'] } })
    expect(faults.toSorted()).toEqual(['id', 'keys.allowed', 'requestExtensions.pass.0', 'requestExtensions.pass.1'])
  })
})
