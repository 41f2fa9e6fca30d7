import {
  type CrlIssuer,
  type CrlScheduleEvent,
  type CrlScheduleOptions,
  createCrlSchedule,
  createIndirectCrl,
  createOrOpenCa,
} from '@certwright/core/ca'
import { CertwrightError } from '@certwright/core/errors'
import type { LogFields, Logger, Store } from '@certwright/core/ports'
import { createLease } from '@certwright/core/storage'
import { testTimer } from '@certwright/testkit'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { advanceUntil, quiet, until } from '../support/turns.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const hour = 3_600_000
const request = opensslRequest('p256', '/CN=device-1')
const by = { actor: 'operator', requestId: 'change' }

/** Two CAs in a schedule. */
async function world(given: Partial<CrlScheduleOptions> = {}, deps = testDeps()) {
  const cas = await testAuthorities(deps)
  return { deps, ...cas, ...running(deps, [cas.root, cas.issuing], given) }
}

function running(
  deps: ReturnType<typeof testDeps>,
  issuers: readonly CrlIssuer[],
  given: Partial<CrlScheduleOptions> = {},
) {
  const timer = testTimer(deps.clock)
  const events: CrlScheduleEvent[] = []
  const logged: string[] = []
  const log = (message: string, fields: LogFields = {}) => {
    logged.push(`${message} ${fields['ca']}`)
  }
  const logger: Logger = { debug() {}, info: log, warn: log, error: log }
  let atWork = 0
  // Time stands still while a list is signed.
  const watched = issuers.map((issuer) => ({
    ...issuer,
    async publishCrl(list?: string) {
      atWork += 1
      try {
        return await issuer.publishCrl(list)
      } finally {
        atWork -= 1
      }
    },
  }))
  const options = { node: 'node-1', onEvent: (event: CrlScheduleEvent) => events.push(event), ...given }
  const schedule = createCrlSchedule({ ...deps, timer, logger }, watched, options)
  const forward = (step: number, happened: () => boolean) => advanceUntil(timer, step, happened, () => atWork > 0)
  return { schedule, timer, forward, events, logged }
}

const seen = (events: readonly CrlScheduleEvent[]) =>
  events.map((event) => {
    if (event.kind === 'clock-jumped') return `jump ${event.milliseconds / hour}`
    return event.kind === 'made' ? `${event.issuer}/${event.list}#${event.number}` : `${event.issuer} failed`
  })

describe('the schedule', () => {
  it('makes what is not there at once, and what is due when it is due, though nobody asks for it', async () => {
    const { deps, forward, timer, events, schedule } = await world()
    await schedule.checkNow()
    expect(new Set(seen(events))).toEqual(new Set(['test~root/crl#1', 'test~issuing/crl#1']))
    const begin = deps.clock.now().getTime()
    await forward(60_000, () => events.length >= 4)
    expect(deps.clock.now().getTime() - begin).toBe(24 * hour)
    expect(new Set(seen(events.slice(2)))).toEqual(new Set(['test~root/crl#2', 'test~issuing/crl#2']))
    expect((await deps.store.certificates.latestCrl('test~root'))?.number).toBe(2)
    await schedule.close()
    expect(timer.pending()).toBe(0)
  })

  it('makes complete lists, deltas and partitions each at its own interval', async () => {
    const deps = testDeps()
    const ca = await createOrOpenCa(deps, {
      id: 'test~devices',
      subject: 'CN=Devices',
      profile: 'basic-ca-root',
      urls: { crl: ['http://pki.example/{list}.crl'] },
      crl: { intervalHours: 4, validityHours: 24, delta: { intervalHours: 1, validityHours: 3 }, partitions: 2 },
    })
    const { forward, events, schedule } = running(deps, [ca])
    await schedule.checkNow()
    expect(events).toHaveLength(6)
    await forward(300_000, () => events.length >= 15)
    expect(events.slice(6).every((event) => event.kind === 'made' && event.list.endsWith('delta'))).toBe(true)
    await forward(300_000, () => events.length >= 21)
    const lists = events.slice(15).map((event) => (event.kind === 'made' ? event.list : event.kind))
    expect(lists).toEqual(['crl', 'delta', '1', '1-delta', '2', '2-delta'])
    await schedule.close()
  })

  it('makes what is due between two looks without waiting for the next', async () => {
    const deps = testDeps()
    const ca = await createOrOpenCa(deps, {
      id: 'test~quick',
      subject: 'CN=Quick',
      profile: 'basic-ca-root',
      crl: { intervalHours: 1 / 360, validityHours: 1 },
    })
    const { timer, events, schedule } = running(deps, [ca], { checkSeconds: 3600 })
    await schedule.checkNow()
    timer.advance(10_000)
    await until(() => events.length >= 2)
    await schedule.close()
  })

  it('makes an indirect CRL when something has changed', async () => {
    const { deps, root, issuing, forward, timer, events, schedule } = await world()
    const options = { name: 'all', urls: ['http://pki.example/all.crl'], intervalHours: 24, validityHours: 168 }
    schedule.add(createIndirectCrl(deps, root, [root, issuing], options))
    await schedule.checkNow()
    expect(seen(events)).toContain('test~root/all#1')
    const { record } = await issuing.order(orderOf(request, 'a'))
    await issuing.changeStatus(record.serial, { to: 'revoked', reason: 'superseded' }, by)
    const changed = deps.clock.now().getTime()
    await forward(10_000, () => seen(events).includes('test~root/all#2'))
    expect(deps.clock.now().getTime() - changed).toBeLessThan(2 * 60_000)
    const made = events.length
    timer.advance(60_000)
    await schedule.checkNow()
    expect(events).toHaveLength(made)
    await schedule.close()
  })

  it('lets no CA wait for another one whose key hangs', async () => {
    const deps = testDeps()
    const { root, issuing } = await testAuthorities(deps)
    let release = (): void => undefined
    const hanging: CrlIssuer = {
      ...root,
      publishCrl: (list) =>
        new Promise((resolve) => {
          release = () => resolve(root.publishCrl(list))
        }),
    }
    const timer = testTimer(deps.clock)
    const events: CrlScheduleEvent[] = []
    const schedule = createCrlSchedule({ ...deps, timer }, [hanging, issuing], {
      node: 'node-1',
      onEvent: (event) => events.push(event),
    })
    await advanceUntil(timer, 600_000, () => events.length >= 3)
    expect(seen(events)).toEqual([1, 2, 3].map((number) => `test~issuing/crl#${number}`))
    const closed = schedule.close()
    release()
    await closed
    expect(timer.pending()).toBe(0)
  })

  it('asks only what may be due', async () => {
    const deps = testDeps()
    const { root } = await testAuthorities(deps)
    let asked = 0
    const counted: CrlIssuer = {
      ...root,
      crlDue: (list) => {
        asked += 1
        return root.crlDue(list)
      },
    }
    const { forward, events, schedule } = running(deps, [counted])
    await schedule.checkNow()
    const before = asked
    let looks = 0
    await forward(60_000, () => ++looks > 60)
    expect(asked).toBe(before)
    await forward(60_000, () => events.length >= 2)
    await schedule.close()
  })

  it('goes on with the others while a CA is offline, and takes it up when it is back', async () => {
    const deps = testDeps()
    const cas = await testAuthorities(deps)
    await cas.root.setCondition('offline', by)
    const { forward, events, logged, schedule } = running(deps, [cas.root, cas.issuing])
    await schedule.checkNow()
    expect(events).toContainEqual(expect.objectContaining({ kind: 'made', issuer: 'test~issuing', number: 1 }))
    const failure = events.find(({ kind }) => kind === 'failed')
    expect(failure).toMatchObject({ issuer: 'test~root', list: 'crl', error: { code: 'ca' } })
    await forward(60_000, () => seen(events).includes('test~issuing/crl#2'))
    // Told once, however often it is tried.
    expect(logged.filter((line) => line.startsWith('a CRL is due'))).toHaveLength(1)
    await cas.root.setCondition('online', by)
    await forward(1000, () => seen(events).includes('test~root/crl#1'))
    expect(logged).toContain('what kept a CRL from being made is over test~root')
    await schedule.close()
  })

  it('tries again after five seconds, then less often', async () => {
    const { clock, ...deps } = testDeps()
    const at: number[] = []
    const broken: CrlIssuer = {
      id: 'test~broken',
      crl: () => Promise.reject(new Error('not asked')),
      publishCrl: () => {
        at.push(clock.now().getTime())
        throw new Error('the key is not there')
      },
      crlLists: async () => ['crl'],
      crlDue: async () => new Date(0),
    }
    const { forward, events, schedule } = running({ clock, ...deps }, [broken])
    await forward(1000, () => at.length >= 8)
    const waits = at.slice(1, 8).map((time, i) => (time - (at[i] ?? 0)) / 1000)
    expect(waits).toEqual([5, 10, 20, 40, 60, 60, 60])
    expect(events[0]).toMatchObject({ error: { code: 'ca', message: 'the CRLs could not be made (Error)' } })
    await schedule.close()
  })

  it.each(['crlScopes', 'reserveCrl', 'latestCrl'] as const)('survives a store whose %s fails', async (method) => {
    const deps = testDeps()
    let isDown = false
    const fails = () => Promise.reject(new CertwrightError('store', 'down'))
    const certificates = new Proxy(
      { ...deps.store.certificates },
      {
        get: (target, name) => (isDown && name === method ? fails : Reflect.get(target, name)),
      },
    )
    const store = { ...deps.store, certificates }
    const { events, schedule } = await world({}, { ...deps, store })
    await schedule.checkNow()
    isDown = true
    deps.clock.advance(24 * hour)
    await schedule.checkNow()
    expect(events.at(-1)).toMatchObject({ kind: 'failed', error: { code: 'store', message: 'down' } })
    isDown = false
    await schedule.checkNow()
    expect(new Set(seen(events).slice(-2))).toEqual(new Set(['test~root/crl#2', 'test~issuing/crl#2']))
    await schedule.close()
  })

  it('survives an audit sink and a lease store that fail', async () => {
    const deps = testDeps()
    let down: 'audit' | 'records' | undefined
    const guard = <T extends object>(part: T, name: 'audit' | 'records'): T =>
      new Proxy(
        { ...part },
        {
          get: (target, method) =>
            down === name
              ? () => Promise.reject(new CertwrightError(name === 'audit' ? 'audit' : 'store', 'down'))
              : Reflect.get(target, method),
        },
      )
    const cas = await testAuthorities(deps)
    const audited: Store = { ...deps.store, audit: guard(deps.store.audit, 'audit') }
    const issuing = await createOrOpenCa(
      { ...deps, store: audited },
      { id: 'test~own', subject: 'CN=Own', profile: 'basic-ca-root' },
    )
    const records = guard(deps.store.records, 'records')
    const { events, schedule } = running({ ...deps, store: { ...deps.store, records } }, [cas.root, issuing])
    await schedule.checkNow()
    expect(events).toHaveLength(2)
    for (const what of ['audit', 'records'] as const) {
      deps.clock.advance(24 * hour)
      down = what
      const before = events.length
      await schedule.checkNow()
      expect(events.slice(before)).toContainEqual(expect.objectContaining({ kind: 'failed', issuer: 'test~own' }))
      down = undefined
      await schedule.checkNow()
      expect(events.slice(before)).toContainEqual(expect.objectContaining({ kind: 'made', issuer: 'test~own' }))
    }
    await schedule.close()
  })
})

describe('a clock that jumps', () => {
  it('forward has the lists made once', async () => {
    const { deps, forward, events, schedule } = await world()
    await schedule.checkNow()
    deps.clock.advance(100 * hour)
    await forward(10_000, () => events.length >= 6)
    await quiet()
    expect(new Set(seen(events.slice(2)))).toEqual(new Set(['jump 100', 'test~root/crl#2', 'test~issuing/crl#2']))
    await schedule.close()
  })

  it('back has nothing made, is told, and holds nothing up afterwards', async () => {
    const { deps, forward, events, schedule } = await world()
    await schedule.checkNow()
    deps.clock.advance(-100 * hour)
    await forward(10_000, () => events.length >= 4)
    expect(seen(events.slice(2))).toEqual(['jump -100', 'jump -100'])
    deps.clock.advance(130 * hour)
    await forward(10_000, () => seen(events).includes('test~root/crl#2'))
    await schedule.close()
  })

  it('says so when the CA may not sign because its latest list is of the future', async () => {
    const { deps, events, schedule, root } = await world()
    await schedule.checkNow()
    deps.clock.advance(30 * hour)
    await root.publishCrl()
    deps.clock.advance(-2 * hour)
    await expect(root.publishCrl()).rejects.toMatchObject({ code: 'ca' })
    await schedule.checkNow()
    expect(seen(events)).toContain('test~issuing/crl#2')
    await schedule.close()
  })
})

describe('several nodes', () => {
  it('make each list once', async () => {
    const { deps, root, issuing, timer, events, schedule } = await world()
    const other = running(deps, [root, issuing], { node: 'node-2' })
    await Promise.all([schedule.checkNow(), other.schedule.checkNow()])
    for (let day = 0; day < 5; day++) {
      timer.advance(24 * hour)
      await Promise.all([schedule.checkNow(), other.schedule.checkNow()])
    }
    const made = [...events, ...other.events].filter(({ kind }) => kind === 'made')
    expect(made).toHaveLength(12)
    await Promise.all([schedule.close(), other.schedule.close()])
  })

  it('look again when they have the lease, for another one may have been faster', async () => {
    const { deps, root, schedule } = await world()
    await schedule.checkNow()
    let isStale = true
    const slow: CrlIssuer = {
      ...root,
      async crlDue(list) {
        const due = isStale ? new Date(0) : await root.crlDue(list)
        isStale = false
        return due
      },
    }
    const other = running(deps, [slow], { node: 'node-2' })
    await other.schedule.checkNow()
    expect(isStale).toBe(false)
    expect(other.events).toEqual([])
    await Promise.all([schedule.close(), other.schedule.close()])
  })

  it('take over from one that died with the lease, even if its clock was wrong', async () => {
    const deps = testDeps()
    const cas = await testAuthorities(deps)
    const lease = (duration: number) =>
      createLease(
        { records: deps.store.records, clock: deps.clock },
        { name: 'crl:test~root', holder: 'dead', duration },
      )
    expect(await lease(86_400_000).acquire()).toBeDefined()
    const { forward, events, schedule } = running(deps, [cas.root])
    await schedule.checkNow()
    expect(events).toEqual([])
    const begin = deps.clock.now().getTime()
    await forward(10_000, () => events.length >= 1)
    expect(deps.clock.now().getTime() - begin).toBeLessThan(300_000)
    await schedule.close()
  })
})

it.each([{ node: '' }, { checkSeconds: 0 }, { leaseSeconds: 5000 }])('refuses %j', (options) => {
  const deps = testDeps()
  const make = () => createCrlSchedule({ ...deps, timer: testTimer(deps.clock) }, [], { node: 'a', ...options })
  expect(make).toThrow(/must be an integer/)
})
