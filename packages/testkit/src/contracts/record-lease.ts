import type { RecordStore } from '@certwright/core/ports'
import { createLease, putFenced } from '@certwright/core/storage'
import { expect, test } from 'vitest'
import { fixedClock } from '../fixed-clock.js'
import { at, epoch } from './samples.js'
import { expectCode, race } from './subject.js'

/** Tests of what leases need of a store. */
export function leaseTests(store: () => RecordStore): void {
  const world = () => {
    const clock = fixedClock(epoch)
    const deps = { records: store(), clock }
    const leaseOf = (holder: string) => createLease(deps, { name: 'work', holder, duration: 1000 })
    return { clock, deps, leaseOf }
  }
  holdingTests(world)
  dueTests(world)
}

type World = () => {
  readonly clock: ReturnType<typeof fixedClock>
  readonly deps: { readonly records: RecordStore; readonly clock: ReturnType<typeof fixedClock> }
  readonly leaseOf: (holder: string) => ReturnType<typeof createLease>
}

function holdingTests(world: World): void {
  test('of 64 that ask at once one gets the lease', async () => {
    const { leaseOf } = world()
    const { values, errors } = await race(64, (i) => leaseOf(`${i}`).acquire())
    expect(errors).toEqual([])
    expect(values.filter((held) => held !== undefined)).toHaveLength(1)
  })
  test('it is held until its last millisecond, then another takes it under a greater token', async () => {
    const { clock, leaseOf } = world()
    const first = await leaseOf('a').acquire()
    clock.advance(999)
    expect(await leaseOf('b').acquire()).toBeUndefined()
    clock.advance(1)
    const second = await leaseOf('b').acquire()
    expect(second?.token).toBeGreaterThan(first?.token ?? Number.NaN)
    await expectCode(first?.renew() ?? Promise.resolve(), 'conflict')
    await first?.release()
    expect(await leaseOf('c').acquire()).toBeUndefined()
  })
  test('renewed it lasts, released it is free at once, and tokens rise for ever', async () => {
    const { clock, leaseOf } = world()
    const first = await leaseOf('a').acquire()
    clock.advance(900)
    await first?.renew()
    clock.advance(900)
    expect(await leaseOf('b').acquire()).toBeUndefined()
    await first?.release()
    const tokens = [first?.token ?? 0]
    for (const holder of ['b', 'a', 'b']) {
      const held = await leaseOf(holder).acquire()
      expect(held?.token).toBeGreaterThan(Math.max(...tokens))
      tokens.push(held?.token ?? 0)
      await held?.release()
    }
  })
  test('what is written under an old token is refused', async () => {
    const { clock, deps, leaseOf } = world()
    const address = { collection: 'c', key: 'k' }
    const old = await leaseOf('a').acquire()
    await putFenced(deps, address, 'first', old?.token ?? 0)
    clock.advance(5000)
    const present = await leaseOf('b').acquire()
    await putFenced(deps, address, 'second', present?.token ?? 0)
    await expectCode(putFenced(deps, address, 'late', old?.token ?? 0), 'conflict')
    expect((await deps.records.get('c', 'k', epoch))?.value).toMatchObject({ value: 'second' })
    const { values } = await race(16, () => putFenced(deps, address, 'again', present?.token ?? 0))
    expect(values).toHaveLength(16)
  })
  test('a duration that is none is refused', () => {
    const { deps } = world()
    for (const duration of [0, -1, 1.5, 86_400_001, Number.NaN]) {
      expect(() => createLease(deps, { name: 'n', holder: 'h', duration })).toThrow(/lease/)
    }
  })
}

function dueTests(world: World): void {
  test('work that is due is done once, however many nodes ask and whenever', async () => {
    const { clock, leaseOf } = world()
    const done: string[] = []
    const ask = (i: number, due: Date) => leaseOf(`${i}`).runDue(due, async () => void done.push(due.toISOString()))
    for (const due of [at(0), at(10), at(20)]) {
      const { values, errors } = await race(32, (i) => ask(i, due))
      expect(errors).toEqual([])
      expect(values.filter(Boolean)).toHaveLength(1)
      clock.advance(100_000)
      expect(await ask(99, due)).toBe(false)
    }
    expect(await ask(1, at(15))).toBe(false)
    expect(done).toEqual([at(0), at(10), at(20)].map((due) => due.toISOString()))
  })
  test('work that fails is free for the next, and work of a dead node once its lease is over', async () => {
    const { clock, leaseOf } = world()
    const failing = leaseOf('a').runDue(at(0), async () => {
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await leaseOf('dead').acquire()
    expect(await leaseOf('b').runDue(at(0), async () => {})).toBe(false)
    clock.advance(1000)
    expect(await leaseOf('b').runDue(at(0), async () => {})).toBe(true)
  })
  test('who was overtaken while working is told, and the work of the other counts', async () => {
    const { clock, leaseOf } = world()
    const slow = leaseOf('slow').runDue(at(0), async () => {
      clock.advance(2000)
      expect(await leaseOf('b').runDue(at(0), async () => {})).toBe(true)
    })
    await expectCode(slow, 'conflict')
    expect(await leaseOf('c').runDue(at(0), async () => {})).toBe(false)
  })
}
