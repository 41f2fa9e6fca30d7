import { setTimeout as later } from 'node:timers/promises'
import { type CtError, type CtLog, type CtPolicy, checkLogs, collectScts, createHttpCtLog } from '@certwright/core/ct'
import { nodeCrypto as crypto, silentLogger } from '@certwright/core/defaults'
import { type FixedClock, fixedClock, startTestLog, type TestLog } from '@certwright/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sample } from './vectors.js'

const chain = [sample.precertificate, sample.ca]
const notAfter = new Date('2022-06-01T00:00:00Z')
const never = new AbortController().signal
let clock: FixedClock
let servers: TestLog[]
let logs: CtLog[]

beforeEach(async () => {
  clock = fixedClock(new Date('2020-01-01T00:00:00Z'))
  servers = await Promise.all([1, 2, 3].map(() => startTestLog({ clock, roots: [sample.ca] })))
  logs = await Promise.all(
    servers.map(({ url, publicKey }, i) =>
      createHttpCtLog(
        { crypto, clock, wait: async () => {} },
        { url, publicKey, name: `log ${i}`, operator: i < 2 ? 'one' : 'two' },
      ),
    ),
  )
})
afterEach(() => Promise.all(servers.map((server) => server.close())))

const collect = (policy: CtPolicy, given: readonly CtLog[] = logs, signal = never) =>
  collectScts({ crypto, clock, logger: silentLogger }, { logs: given, policy, signal }, chain, notAfter)
const failure = (...given: Parameters<typeof collect>): Promise<CtError> =>
  collect(...given).then(
    () => Promise.reject(new Error('expected a CtError')),
    (error) => error,
  )
const namesOf = (collected: Awaited<ReturnType<typeof collect>>) => collected.map(({ log }) => log.name)

describe('timestamps of several logs', () => {
  it('come in the order of the logs', async () => {
    expect(namesOf(await collect({ scts: 3 }))).toEqual(['log 0', 'log 1', 'log 2'])
  })

  it('are of as many operators as the policy asks for', async () => {
    servers[2]?.misbehave('failed')
    expect(await failure({ scts: 2, operators: 2 })).toMatchObject({
      temporary: true,
      failures: [{ log: 'log 2', kind: 'failed' }],
    })
    expect(namesOf(await collect({ scts: 2, operators: 2 }))).toContain('log 2')
  })

  it('are not waited for when there are enough', async () => {
    servers[0]?.misbehave('silent')
    expect(namesOf(await collect({ scts: 2 }))).toEqual(['log 1', 'log 2'])
  })

  it('are too few: what each log did is told', async () => {
    servers[0]?.misbehave('refused')
    servers[1]?.misbehave('wrong-key')
    const error = await failure({ scts: 2 })
    expect(error).toMatchObject({
      code: 'ct',
      temporary: true,
      failures: [
        { log: 'log 0', kind: 'refused' },
        { log: 'log 1', kind: 'faulty' },
      ],
    })
    expect(error.message).toMatch(/asks for 2 timestamps, and there are 1: "log 0": .*400; "log 1": .*does not verify/)
  })

  it('are too few for good when logs that refuse are needed', async () => {
    servers[0]?.misbehave('refused')
    servers[1]?.misbehave('refused')
    expect(await failure({ scts: 2 })).toMatchObject({ temporary: false })
  })

  it('are too few when time is over', async () => {
    for (const server of servers) server.misbehave('silent')
    const error = await failure({ scts: 1 }, logs, AbortSignal.timeout(20))
    expect(error.failures.map(({ kind }) => kind)).toEqual(['timeout', 'timeout', 'timeout'])
  })

  it('are verified, whoever brings them', async () => {
    const [one, two] = logs
    if (one === undefined || two === undefined) throw new Error('two logs')
    const other: CtLog = { ...one, name: 'other', addPreChain: two.addPreChain }
    const broken: CtLog = { ...one, name: 'broken', addPreChain: () => Promise.reject(new Error('secret')) }
    const throwing: CtLog = {
      ...one,
      name: 'throwing',
      addPreChain() {
        throw new Error('secret')
      },
    }
    const stuck: CtLog = { ...one, name: 'stuck', addPreChain: () => later(1e6, undefined, { ref: false }) as never }
    const error = await failure({ scts: 1 }, [other, broken, throwing, stuck], AbortSignal.timeout(50))
    expect(error.failures.map(({ log, kind }) => [log, kind])).toEqual([
      ['other', 'faulty'],
      ['broken', 'failed'],
      ['throwing', 'failed'],
      ['stuck', 'timeout'],
    ])
    expect(error.message).not.toContain('secret')
  })

  it('are of logs that take certificates that end then', async () => {
    const interval = (start: string, end: string) => ({ start: new Date(start), end: new Date(end) })
    const [one, two, three] = logs.map((log, i) => ({
      ...log,
      interval: [
        interval('2022-06-01T00:00:00Z', '2023-01-01'),
        interval('2022-01-01', '2022-06-01T00:00:00Z'),
        interval('2022-01-01', '2022-06-01T00:00:00.001Z'),
      ][i],
    })) as [CtLog, CtLog, CtLog]
    expect(namesOf(await collect({ scts: 2 }, [one, two, three]))).toEqual(['log 0', 'log 2'])
    expect(servers[1]?.requests()).toBe(0)
    expect(await failure({ scts: 3 }, [one, two, three])).toMatchObject({ temporary: false, failures: [] })
  })

  it('are not asked for with a chain that has no precertificate', async () => {
    const asked = collectScts(
      { crypto, clock, logger: silentLogger },
      { logs, policy: { scts: 1 }, signal: never },
      [sample.leaf, sample.ca],
      notAfter,
    )
    await expect(asked).rejects.toMatchObject({ code: 'configuration' })
    expect(servers.map((server) => server.requests())).toEqual([0, 0, 0])
  })
})

describe('a policy', () => {
  const [a, b] = [
    { name: 'a', publicKey: sample.logKey },
    { name: 'b', publicKey: Uint8Array.of(1) },
  ] as unknown as [CtLog, CtLog]
  it.each<[string, readonly CtLog[], CtPolicy, string]>([
    ['no timestamps', [a], { scts: 0 }, 'configuration'],
    ['half a timestamp', [a], { scts: 0.5 }, 'configuration'],
    ['too many timestamps', [a], { scts: 21 }, 'configuration'],
    ['no operators', [a], { scts: 1, operators: 0 }, 'configuration'],
    ['more operators than timestamps', [a], { scts: 1, operators: 2 }, 'configuration'],
    ['no logs', [], { scts: 1 }, 'configuration'],
    ['too few logs', [a], { scts: 2 }, 'configuration'],
    ['a log twice', [a, { ...a, name: 'b' }], { scts: 2 }, 'configuration'],
    ['too many logs', Array(101).fill(a), { scts: 1 }, 'configuration'],
    ['a key that is none', [b], { scts: 1 }, 'asn1'],
    [
      'an interval that is none',
      [{ ...a, interval: { start: new Date(1), end: new Date(Number.NaN) } }],
      { scts: 1 },
      'configuration',
    ],
  ])('with %s is refused', (_what, given, policy, code) => {
    expect(() => checkLogs(given, policy)).toThrow(expect.objectContaining({ code }))
  })

  it('that the logs can satisfy is accepted', async () => {
    expect(() => checkLogs(logs, { scts: 3, operators: 2 })).not.toThrow()
    expect(() => checkLogs(logs, { scts: 3, operators: 3 })).toThrow(/cannot give/)
    const [one] = logs
    expect(() => checkLogs([...logs, ...(one ? [{ ...one, publicKey: sample.logKey }] : [])], { scts: 3 })).toThrow(
      /name of its own/,
    )
  })
})
