import { join } from 'node:path'
import { type CrlScheduleEvent, createCrlSchedule, createOrOpenCa } from '@certwright/core/ca'
import { memoryKeys, systemDefaults } from '@certwright/core/defaults'
import { fixedClock, testTimer } from '@certwright/testkit'
import { expect, test } from 'vitest'
import { sqliteStore } from '../../src/index.js'
import { describeDrivers } from '../support/drivers.js'
import { temporaryDirectory } from '../support/files.js'

const hour = 3_600_000

await describeDrivers('schedules of two nodes on one SQLite file', (driver) => {
  test('make each list once, whoever is faster', async () => {
    const path = join(await temporaryDirectory(), 'pki.db')
    const keys = memoryKeys()
    const clock = fixedClock(new Date('2026-11-20T12:00:00Z'))
    const timer = testTimer(clock)
    const made: (CrlScheduleEvent & { readonly node: string })[] = []
    const openNode = async (node: string) => {
      const store = await sqliteStore(path, { driver })
      const deps = { ...systemDefaults, store, keys, clock, timer }
      const options = { profile: 'basic-ca-root', urls: { crl: ['http://pki.example/{list}.crl'] } }
      const crl = { intervalHours: 24, validityHours: 48, delta: { intervalHours: 24, validityHours: 48 } }
      const cas = [
        await createOrOpenCa(deps, { id: 'test~one', subject: 'CN=One', crl, ...options }),
        await createOrOpenCa(deps, { id: 'test~two', subject: 'CN=Two', ...options }),
      ]
      const onEvent = (event: CrlScheduleEvent) => made.push({ ...event, node })
      return { store, cas, start: () => createCrlSchedule(deps, cas, { node, onEvent }) }
    }
    const nodes = [await openNode('a'), await openNode('b')]
    const schedules = nodes.map(({ start }) => start())
    const rounds = 6
    for (let round = 0; round < rounds; round++) {
      await Promise.all(schedules.map((schedule) => schedule.checkNow()))
      clock.advance(24 * hour)
    }
    const lists = made.flatMap((event) =>
      event.kind === 'made' ? [`${event.issuer}/${event.list}#${event.number}`] : [],
    )
    expect(made.filter(({ kind }) => kind === 'failed')).toEqual([])
    expect(new Set(lists).size).toBe(lists.length)
    expect(lists).toHaveLength(3 * rounds)
    await Promise.all(schedules.map((schedule) => schedule.close()))
    const last = await nodes[0]?.store.certificates.latestCrl('test~two')
    expect(last?.number).toBe(rounds)
    for (const { store } of nodes) await store.close()
  })
})
