import { type CaaOptions, createOrOpenCa } from '@certwright/core/ca'
import { CaaError } from '@certwright/core/caa'
import { memoryStore } from '@certwright/core/defaults'
import { generalName } from '@certwright/core/pkix'
import { catalogue, compileProfile, explain } from '@certwright/core/profile'
import { describe, expect, it } from 'vitest'
import { zone } from '../caa/zone.js'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const hour = 3600 * 1000
const base = { extends: 'est-digital-signature' } as const
const profiles = [
  { ...base, id: 'by-ca' },
  { ...base, id: 'required', caa: 'required' },
  { ...base, id: 'never', caa: 'none' },
] as const

const zones = {
  'ours.example': ['0 issue "ca.example"', '0 issuewild ";"', '0 issuemail "ca.example"'],
  'bound.example': ['0 issue "ca.example; accounturi=https://ca.example/1; validationmethods=dns-01"'],
  'others.example': ['0 issue "other.example"', '0 issuemail ";"'],
  'broken.example': { kind: 'failure', reason: 'SERVFAIL' },
} as const

/** A CA that asks these zones, an order for names, and how often the DNS was asked. */
async function world(given: Partial<CaaOptions> = {}) {
  const store = memoryStore()
  const deps = testDeps({ store })
  const { root } = await testAuthorities(deps)
  const { resolver, asked } = zone(zones)
  const caa = { resolver, identities: ['CA.example'], ...given }
  const options = { id: 'test~caa', subject: 'CN=CAA', profile: 'basic-ca-subord', issuer: root, profiles }
  const ca = await createOrOpenCa(deps, { ...options, caa })
  let count = 0
  const order = (names: readonly string[], profile: string = 'by-ca') => ({
    ...orderOf(opensslRequest('p256', '/CN=names'), `order-${count++}`),
    profile,
    names: names.map((name) =>
      name.startsWith('192.')
        ? generalName.ip(name)
        : name.includes('@')
          ? generalName.email(name)
          : generalName.dns(name),
    ),
  })
  return { ca, deps, store, order, asked, open: (more: object) => createOrOpenCa(deps, { ...options, ...more }) }
}

describe('a CA that asks for CAA records', () => {
  it('issues what they allow and writes down what they said', async () => {
    const { ca, store, order, asked } = await world()
    await ca.order(order(['www.ours.example', 'someone@ours.example', '192.0.2.1']))
    expect(store.auditEvents.at(-1)).toMatchObject({
      type: 'certificate.issued',
      details: {
        caa:
          'www.ours.example: CAA of ours.example: an issue property allows it (0 issue "ca.example"); ' +
          'someone@ours.example: CAA of ours.example: an issuemail property allows it (0 issuemail "ca.example")',
      },
    })
    expect(asked).toEqual(['www.ours.example', 'ours.example'])
  })

  it.each([
    [['www.others.example'], false],
    [['www.ours.example', 'others.example'], false],
    [['*.ours.example'], false],
    [['someone@others.example'], false],
    [['søren@others.example'], false],
    [['bound.example'], false],
    [['broken.example'], true],
    [['broken.example', 'others.example'], false],
  ])('refuses %j, before anything is recorded', async (names, temporary) => {
    const { ca, deps, order } = await world()
    const before = (await deps.store.certificates.find({})).items.length
    const refused = await ca.prepare(order(names)).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(refused).toBeInstanceOf(CaaError)
    expect(refused).toMatchObject({ code: 'caa', temporary })
    expect((await deps.store.certificates.find({})).items).toHaveLength(before)
  })

  it('hands on who asks and how control was proven', async () => {
    const { ca, order } = await world()
    const caa = { accountUri: 'https://ca.example/1', validationMethod: { 'bound.example': 'dns-01' } }
    expect((await ca.order({ ...order(['bound.example']), caa })).record.status).toBe('issued')
    const other = { ...caa, accountUri: 'https://ca.example/2' }
    await expect(ca.order({ ...order(['bound.example']), caa: other })).rejects.toMatchObject({ code: 'caa' })
  })

  it('asks for a profile that requires it, and not for one that has none', async () => {
    const { ca, order, asked } = await world()
    await expect(ca.order(order(['others.example'], 'required'))).rejects.toMatchObject({ code: 'caa' })
    asked.length = 0
    await ca.order(order(['others.example'], 'never'))
    await ca.order(order(['192.0.2.1'], 'required'))
    expect(asked).toEqual([])
  })

  it('does not wait for ever', async () => {
    const { ca, order } = await world({ resolver: { resolve: () => new Promise(() => {}) }, timeout: 5 })
    await expect(ca.order(order(['ours.example']))).rejects.toMatchObject({ code: 'caa', temporary: true })
  })

  it('asks again for what waited longer than eight hours', async () => {
    const { ca, deps, order } = await world()
    const token = await ca.prepare(order(['ours.example']))
    deps.clock.advance(8 * hour)
    await ca.issue(token)
    const late = await ca.prepare(order(['ours.example']))
    deps.clock.advance(8 * hour + 1)
    await expect(ca.issue(late)).rejects.toMatchObject({ code: 'ca', message: expect.stringMatching(/eight hours/) })
  })
})

describe('the settings', () => {
  it('a CA without resolver asks nobody, and has no profile that requires it', async () => {
    const { open, order, asked } = await world()
    await expect(open({})).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/"required"/),
    })
    const ca = await open({ profiles: profiles.filter(({ id }) => id !== 'required') })
    await ca.order(order(['others.example']))
    expect(asked).toEqual([])
  })

  it.each([{ identities: [] }, { identities: ['no domain'] }, { timeout: 0 }, { timeout: 600_001 }])(
    'refuses %j',
    async (given) => {
      await expect(world(given)).rejects.toMatchObject({ code: 'configuration' })
    },
  )

  it('are told by explain', () => {
    const told = profiles.map((profile) =>
      explain(compileProfile(profile, { extends: (id) => catalogue.get(id) }))
        .split('\n')
        .find((line) => line.includes('CAA')),
    )
    expect(told).toEqual([undefined, 'The DNS must allow each name (CAA, RFC 8659).', 'CAA records are not asked for.'])
  })
})
