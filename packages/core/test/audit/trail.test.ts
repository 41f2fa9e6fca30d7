import { createAuditTrail, exportAuditTrail, readContent, verifyAuditTrail } from '@certwright/core/audit'
import { systemDefaults } from '@certwright/core/defaults'
import type { AuditChain, AuditEvent, Signer } from '@certwright/core/ports'
import { auditSinkContract, expectCode, race } from '@certwright/testkit/contracts'
import { describe, expect, test } from 'vitest'
import { checkpointKey, eventOf, trailDeps } from './support.js'

/** What the records of a chain say, in short. */
async function bodies(chain: AuditChain, node = 'node-1') {
  const records = await chain.read(node, { limit: 1000 })
  return records.map(({ content }) => {
    const body = readContent(content)?.body
    if (body?.kind === 'event') return body.event.requestId
    return body === undefined ? 'unreadable' : `signed ${body.checkpoint.sequence}`
  })
}

async function expectVerified(chain: AuditChain, signer: Signer, unsigned = 0): Promise<void> {
  const found = await verifyAuditTrail(systemDefaults, exportAuditTrail(chain), { keys: [signer.publicKey] })
  expect(found).toMatchObject({ ok: true, chains: [{ node: 'node-1', unsigned }] })
}

auditSinkContract('the audit trail', async () => {
  const deps = await trailDeps()
  const audit = await createAuditTrail(deps, { node: 'node-1' })
  const events = async () => {
    const found: AuditEvent[] = []
    for (const { content } of await deps.chain.read('node-1', { limit: 1000 })) {
      const body = readContent(content)?.body
      if (body?.kind === 'event') found.push(body.event)
    }
    return found
  }
  return { subject: { audit, events } }
})

describe('the chain of a node', () => {
  test('begins and ends with a checkpoint, and goes on after a restart', async () => {
    const deps = await trailDeps()
    const first = await createAuditTrail(deps, { node: 'node-1' })
    await first.record(eventOf('a'))
    await first.record(eventOf('b'))
    await first.close()
    await expectCode(first.record(eventOf('late')), 'audit')
    const second = await createAuditTrail(deps, { node: 'node-1' })
    await second.record(eventOf('c'))
    expect(await bodies(deps.chain)).toEqual(['signed 0', 'a', 'b', 'signed 3', 'signed 4', 'c'])
    await expectVerified(deps.chain, deps.signer, 1)
  })
  test('goes on behind the last record of a process that was killed', async () => {
    const deps = await trailDeps()
    await (await createAuditTrail(deps, { node: 'node-1' })).record(eventOf('a'))
    await (await createAuditTrail(deps, { node: 'node-1' })).record(eventOf('b'))
    expect(await bodies(deps.chain)).toEqual(['signed 0', 'a', 'signed 2', 'b'])
    await expectVerified(deps.chain, deps.signer, 1)
  })
  test('is written by the process that opened it last, and by no other', async () => {
    const deps = await trailDeps()
    const first = await createAuditTrail(deps, { node: 'node-1' })
    await first.record(eventOf('a'))
    const second = await createAuditTrail(deps, { node: 'node-1' })
    for (const late of ['b', 'c']) {
      const refusal = { code: 'audit', message: 'another process writes the audit chain of node-1' }
      await expect(first.record(eventOf(late))).rejects.toMatchObject(refusal)
    }
    await second.record(eventOf('d'))
    expect(await bodies(deps.chain)).toEqual(['signed 0', 'a', 'signed 2', 'd'])
    await expectVerified(deps.chain, deps.signer, 1)
  })
  test('of two that open at once both get in, one after the other', async () => {
    const deps = await trailDeps()
    const { values, errors } = await race(4, () => createAuditTrail(deps, { node: 'node-1' }))
    expect([values.length, errors]).toEqual([4, []])
    expect(
      (await race(4, (i) => (values[i] ?? values[0])?.record(eventOf(`${i}`)) ?? Promise.reject())).values,
    ).toHaveLength(1)
    await expectVerified(deps.chain, deps.signer, 1)
  })
  test('keeps the order of the calls and puts those that come together into one append', async () => {
    const deps = await trailDeps()
    const sizes: number[] = []
    const chain: AuditChain = {
      ...deps.chain,
      append: (records) => {
        sizes.push(records.length)
        return deps.chain.append(records)
      },
    }
    const trail = await createAuditTrail({ ...deps, chain }, { node: 'node-1', checkpointEvents: 100_000 })
    await Promise.all(Array.from({ length: 600 }, (_, i) => trail.record(eventOf(`${i}`))))
    expect((await bodies(deps.chain)).slice(1)).toEqual(Array.from({ length: 600 }, (_, i) => `${i}`))
    expect(sizes).toEqual([1, 256, 256, 88])
  })
})

describe('checkpoints', () => {
  test('come after so many events, after so much time, and on demand', async () => {
    const deps = await trailDeps()
    const trail = await createAuditTrail(deps, { node: 'node-1', checkpointEvents: 2, checkpointSeconds: 10 })
    for (const id of ['a', 'b', 'c']) await trail.record(eventOf(id))
    deps.clock.advance(9_999)
    await trail.checkpointIfDue()
    deps.clock.advance(1)
    await trail.checkpointIfDue()
    await trail.checkpointIfDue()
    deps.clock.advance(10_000)
    await trail.record(eventOf('d'))
    deps.clock.advance(-3_600_000)
    await trail.record(eventOf('e'))
    await trail.record(eventOf('f'))
    const held = await trail.checkpoint()
    expect(await trail.checkpoint()).toEqual(held)
    expect(held.sequence).toBe(11)
    expect((await bodies(deps.chain)).join(' ')).toBe(
      'signed 0 a b signed 3 c signed 5 d signed 7 e signed 9 f signed 11',
    )
    await expectVerified(deps.chain, deps.signer)
  })
  test.each(['ecdsa-p256', 'rsa-2048', 'ed448', 'ml-dsa-65', 'slh-dsa-sha2-128f'] as const)(
    'are signed with %s',
    async (type) => {
      const deps = await trailDeps({ signer: await checkpointKey(type) })
      const trail = await createAuditTrail(deps, { node: 'node-1' })
      await trail.record(eventOf('a'))
      await trail.close()
      await expectVerified(deps.chain, deps.signer)
    },
  )
  test('that cannot be signed are made up for, and too many of them stop the operation', async () => {
    const errors: string[] = []
    const logger = { ...systemDefaults.logger, error: (message: string) => void errors.push(message) }
    const key = await checkpointKey()
    let broken = false
    const signer: Signer = {
      ...key,
      sign: (data) => {
        if (broken) throw new Error('the token was pulled out')
        return key.sign(data)
      },
    }
    const deps = await trailDeps({ signer, logger })
    const trail = await createAuditTrail(deps, { node: 'node-1', checkpointEvents: 2 })
    broken = true
    for (let i = 0; i < 20; i++) await trail.record(eventOf(`${i}`))
    await expectCode(trail.record(eventOf('too many')), 'audit')
    await expectCode(trail.checkpoint(), 'audit')
    expect(new Set(errors)).toEqual(new Set(['an audit checkpoint could not be signed']))
    broken = false
    await trail.record(eventOf('again'))
    await trail.close()
    expect((await bodies(deps.chain)).slice(20)).toEqual(['19', 'signed 21', 'again', 'signed 23'])
    await expectVerified(deps.chain, deps.signer)
  })
})

describe('a store that fails', () => {
  /** A chain whose appends fail, before or after they happened. */
  async function failing() {
    const deps = await trailDeps()
    let fault: 'before' | 'after' | 'later' | undefined
    let late: (() => Promise<void>) | undefined
    const chain: AuditChain = {
      ...deps.chain,
      async append(records) {
        if (fault === 'before') throw new Error('no connection')
        if (fault === 'later') {
          late = () => deps.chain.append(records)
          throw new Error('the connection was lost')
        }
        await deps.chain.append(records)
        if (fault === 'after') throw new Error('the connection was lost')
      },
      last: async (node) => {
        if (fault === 'before') throw new Error('no connection')
        return deps.chain.last(node)
      },
    }
    const trail = await createAuditTrail({ ...deps, chain }, { node: 'node-1' })
    return {
      deps,
      trail,
      fail: (kind: typeof fault) => {
        fault = kind
      },
      arrive: () => late?.(),
    }
  }

  test('refuses the events with a typed error and goes on when it is well again', async () => {
    const { deps, trail, fail } = await failing()
    await trail.record(eventOf('a'))
    fail('before')
    const { errors } = await race(3, (i) => trail.record(eventOf(`lost ${i}`)))
    expect(errors).toHaveLength(3)
    for (const error of errors) await expectCode(Promise.reject(error), 'audit')
    fail(undefined)
    await trail.record(eventOf('b'))
    expect(await bodies(deps.chain)).toEqual(['signed 0', 'a', 'b'])
    await expectVerified(deps.chain, deps.signer, 2)
  })
  test('and has taken the events although it said otherwise is believed', async () => {
    const { deps, trail, fail } = await failing()
    fail('after')
    await trail.record(eventOf('a'))
    await trail.record(eventOf('b'))
    expect(await bodies(deps.chain)).toEqual(['signed 0', 'a', 'b'])
    await expectVerified(deps.chain, deps.signer, 2)
  })
  test('and takes what it was given when it was given up is not another process', async () => {
    const { deps, trail, fail, arrive } = await failing()
    fail('later')
    await expectCode(trail.record(eventOf('a')), 'audit')
    await arrive()
    fail(undefined)
    await expectCode(trail.record(eventOf('b')), 'audit')
    await trail.record(eventOf('c'))
    expect(await bodies(deps.chain)).toEqual(['signed 0', 'a', 'c'])
    await expectVerified(deps.chain, deps.signer, 2)
  })
  test('and is slow makes callers wait, so many and no more', async () => {
    const deps = await trailDeps()
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const chain: AuditChain = {
      ...deps.chain,
      append: async (records) => {
        if (records[0]?.sequence !== 1) await gate
        await deps.chain.append(records)
      },
    }
    const trail = await createAuditTrail({ ...deps, chain }, { node: 'node-1', maxWaiting: 10 })
    const waiting = Array.from({ length: 12 }, (_, i) => trail.record(eventOf(`${i}`)))
    const settled = Promise.allSettled(waiting)
    await expectCode(waiting[11] ?? Promise.resolve(), 'audit')
    release()
    expect((await settled).map(({ status }) => status)).toEqual([
      ...Array(10).fill('fulfilled'),
      'rejected',
      'rejected',
    ])
  })
  test('with a damaged last record is not continued', async () => {
    const deps = await trailDeps()
    await (await createAuditTrail(deps, { node: 'node-1' })).close()
    const last = await deps.chain.last('node-1')
    if (last === undefined) return expect.unreachable()
    for (const damaged of [
      { ...last, hash: last.hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
      { ...last, content: last.content.replace('"sequence":0', '"sequence":1') },
      { ...last, content: '{}' },
      { ...last, sequence: 2 },
    ]) {
      const chain: AuditChain = { ...deps.chain, last: async () => damaged }
      await expectCode(createAuditTrail({ ...deps, chain }, { node: 'node-1' }), 'audit')
    }
  })
})

describe('an event', () => {
  test('with texts that are too long is recorded, and says what was cut', async () => {
    const deps = await trailDeps()
    const trail = await createAuditTrail(deps, { node: 'node-1' })
    const long = 'x'.repeat(1_000_000)
    await trail.record(eventOf(long, { actor: long, address: long, details: { subject: long } }))
    const [, record] = await deps.chain.read('node-1')
    expect(record?.content.length).toBeLessThan(10_000)
    expect(record?.content).toContain('[cut, 1000000 characters in all]')
  })
  test.each<[string, Partial<AuditEvent>]>([
    ['with too many details', { details: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`${i}`, i])) }],
    ['with a long name', { details: { ['n'.repeat(129)]: 1 } }],
    ['with a number that JSON has not', { details: { n: Number.NaN } }],
    ['with infinity', { details: { n: Number.POSITIVE_INFINITY } }],
  ])('%s is refused, and its neighbours are not', async (_, changes) => {
    const trail = await createAuditTrail(await trailDeps(), { node: 'node-1' })
    const { values, errors } = await race(3, (i) => trail.record(eventOf(`${i}`, i === 1 ? changes : {})))
    expect(values).toHaveLength(2)
    await expectCode(Promise.reject(errors[0]), 'audit')
  })
})

test.each([
  { node: '' },
  { node: 'a b' },
  { node: 'n'.repeat(129) },
  { checkpointEvents: 0 },
  { checkpointEvents: 1.5 },
  { checkpointSeconds: 86_401 },
  { maxWaiting: 0 },
])('refuses the options %j', async (options) => {
  await expectCode(createAuditTrail(await trailDeps(), { node: 'node-1', ...options }), 'configuration')
})
