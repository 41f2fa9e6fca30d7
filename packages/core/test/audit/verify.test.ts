import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AuditVerification,
  auditLines,
  createAuditTrail,
  exportAuditTrail,
  type HeldCheckpoint,
  recordHash,
  verifyAuditTrail,
} from '@certwright/core/audit'
import { systemDefaults } from '@certwright/core/defaults'
import { collect, expectCode } from '@certwright/testkit/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openssl } from '../support/openssl.js'
import { checkpointKey, eventOf, sampleTrail, trailDeps } from './support.js'

const events = 12
const { deps, lines, keys } = await sampleTrail(events, { checkpointEvents: 5 })
/** Every record is before it: what an auditor keeps. */
const end = await endOf(lines)

async function verify(given: readonly string[], held: readonly HeldCheckpoint[] = []): Promise<AuditVerification> {
  return verifyAuditTrail(systemDefaults, given, { keys, held })
}

async function endOf(given: readonly string[]): Promise<HeldCheckpoint> {
  const found = await verify(given)
  if (!found.ok) throw new Error(found.fault.message)
  const [chain] = found.chains
  return { node: 'node-1', sequence: chain?.sequence ?? 0, hash: chain?.hash ?? '' }
}

const verifyBytes = (bytes: Uint8Array) => verifyAuditTrail(systemDefaults, auditLines([bytes]), { keys, held: [end] })

const places = fc.nat(lines.length - 1)

describe('the verifier', () => {
  test('finds a good trail good, in whatever pieces it comes', async () => {
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), async (size) => {
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        )
        const found = await verifyAuditTrail(systemDefaults, auditLines(pieces), { keys, held: [end] })
        expect(found).toMatchObject({ ok: true, chains: [{ node: 'node-1', sequence: lines.length, unsigned: 0 }] })
      }),
      { numRuns: 30 },
    )
    expect(lines.length).toBe(events + 4)
  })
  test('names the record of any bit that was changed', async () => {
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`)
    const starts = lines.map((_, i) => lines.slice(0, i).reduce((sum, line) => sum + line.length + 1, 0))
    // The end of the last line does not belong to any record.
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 2), fc.nat(7), async (at, bit) => {
        const changed = bytes.slice()
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        const sequence = starts.filter((start) => start <= at).length
        expect(await verifyBytes(changed)).toMatchObject({
          ok: false,
          fault: { kind: 'altered', node: 'node-1', sequence },
        })
      }),
      { numRuns: 2000 },
    )
  })
  test('names a record that was taken out', async () => {
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 3 }), async (at, count) => {
        const found = await verify(lines.toSpliced(at, count), [end])
        expect(found).toMatchObject({ ok: false, fault: { kind: 'missing', node: 'node-1', sequence: at + 1 } })
      }),
    )
  })
  test('names the first of two records that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(places, places, async (a, b) => {
        fc.pre(a !== b)
        const swapped = lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '')
        const fault = { kind: 'reordered', node: 'node-1', sequence: Math.min(a, b) + 1 }
        expect(await verify(swapped, [end])).toMatchObject({ ok: false, fault })
      }),
    )
  })
  test('names a record that is there twice', async () => {
    await fc.assert(
      fc.asyncProperty(places, places, async (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const found = await verify(lines.toSpliced(to + 1, 0, lines[from] ?? ''), [end])
        expect(found).toMatchObject({ ok: false, fault: { kind: 'inserted', node: 'node-1', sequence: from + 1 } })
      }),
    )
  })
  test('names a record that was replaced by another one with a fitting hash', async () => {
    const other = await sampleTrail(events, { checkpointEvents: 5 })
    await fc.assert(
      fc.asyncProperty(places, async (at) => {
        // A record of a chain that looks the same but for the key: other checkpoints, so other hashes.
        const found = await verify(lines.with(at, other.lines[at] ?? ''), [end])
        expect(found.ok).toBe(false)
        if (!found.ok) expect([at, at + 1]).toContain(found.fault.sequence)
      }),
    )
  })
})

describe('against one who writes the store and has no key', () => {
  test('a whole chain that was made anew has checkpoints of an unknown key', async () => {
    const other = await sampleTrail(events)
    expect(await verify(other.lines)).toMatchObject({ ok: false, fault: { kind: 'unknown-key', sequence: 1 } })
    // Not even with the right name of the key.
    const forged = other.lines[0]?.replace(/"keyId":"[^"]+"/, (lines[0] ?? '').match(/"keyId":"[^"]+"/)?.[0] ?? '')
    expect(await verify([await reseal(forged ?? '')])).toMatchObject({
      ok: false,
      fault: { kind: 'checkpoint', sequence: 1 },
    })
  })
  test('an end that was made anew has no valid checkpoint', async () => {
    // From an event on everything is written again, as it was but for one word, with the hashes that belong to it.
    const made = [...lines]
    let previous = ''
    for (let i = 2; i < made.length; i++) {
      const changed = (made[i] ?? '').replace('line-3', 'line-4')
      made[i] = await reseal(previous ? changed.replace(/"previous":"[^"]+"/, `"previous":"${previous}"`) : changed)
      previous = made[i]?.slice(9, 73) ?? ''
    }
    const checkpoint = made.findIndex((line, i) => i > 2 && line.includes('"checkpoint"')) + 1
    expect(await verify(made)).toMatchObject({ ok: false, fault: { kind: 'checkpoint', sequence: checkpoint } })
    // With what the auditor holds the first record is named.
    const held = { ...end, sequence: 3, hash: lines[2]?.slice(9, 73) ?? '' }
    expect(await verify(made, [held])).toMatchObject({ ok: false, fault: { kind: 'altered', sequence: 3 } })
  })
  test('an event that was changed and given a fitting hash is named', async () => {
    const changed = await reseal((lines[2] ?? '').replace('line-3', 'line-4'))
    expect(await verify(lines.with(2, changed))).toMatchObject({ ok: false, fault: { kind: 'altered', sequence: 3 } })
    // Behind a checkpoint that is good it is the later one.
    const first = await reseal((lines[1] ?? '').replace(/"previous":"[^"]+"/, `"previous":"${'1'.repeat(64)}"`))
    expect(await verify(lines.with(1, first))).toMatchObject({ ok: false, fault: { kind: 'altered', sequence: 2 } })
  })
  test('an end that was cut off is found by a checkpoint that is held, and nothing else', async () => {
    expect(await verify(lines.slice(0, -3))).toMatchObject({ ok: true })
    const fault = { kind: 'missing', sequence: lines.length - 2, line: lines.length - 2 }
    expect(await verify(lines.slice(0, -3), [end])).toMatchObject({ ok: false, fault })
    expect(await verify([], [end])).toMatchObject({ ok: false, fault: { kind: 'missing', sequence: 1 } })
    expect(await verify([])).toEqual({ ok: true, chains: [] })
  })
  test.each([
    ['the time', /"time":"[^"]+"/, '"time":"2026-11-20T12:00:01.000Z"'],
    ['the node', /"keyId":("[^"]+"),"node":"node-1"/, '"keyId":$1,"node":"node-2"'],
    ['the sequence number', /"sequence":6,"time"/, '"sequence":5,"time"'],
    ['the hash', /"hash":"[0-9a-f]+","keyId"/, `"hash":"${'0'.repeat(64)}","keyId"`],
    ['the algorithm', /"algorithm":"[^"]+"/, '"algorithm":"ed448"'],
    ['the algorithm by none', /"algorithm":"[^"]+"/, '"algorithm":"none"'],
    ['the algorithm by a broken one', /"algorithm":"[^"]+"/, '"algorithm":"rsa-pkcs1-md5"'],
    ['the signature', /"signature":"[^"]+"/, '"signature":""'],
    [
      'a bit of the signature',
      /"signature":"./,
      (text: string) => `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`,
    ],
  ] as const)('a checkpoint in which %s was changed is refused', async (_, from, to) => {
    const line = lines[6] ?? ''
    expect(line).toContain('"checkpoint"')
    const changed = line.replace(from, to as string)
    expect(changed).not.toBe(line)
    const found = await verify(lines.with(6, await reseal(changed)))
    expect(found).toMatchObject({ ok: false, fault: { kind: 'checkpoint', sequence: 7 } })
  })
  test('a chain that begins without a checkpoint is refused', async () => {
    const first = await reseal(
      (lines[1] ?? '')
        .replace(/"previous":"[^"]+"/, `"previous":"${'0'.repeat(64)}"`)
        .replace('"sequence":2', '"sequence":1'),
    )
    expect(await verify([first])).toMatchObject({ ok: false, fault: { kind: 'unsigned', sequence: 1 } })
  })
})

/** The line with the hash that its content has. */
async function reseal(line: string): Promise<string> {
  const content = line.slice('{"hash":"","record":'.length + 64, -1)
  return `{"hash":"${await recordHash(systemDefaults.crypto, content)}","record":${content}}`
}

describe('lines that are none', () => {
  const [line = ''] = lines
  test.each<[string, string]>([
    ['an empty one', ''],
    ['text', 'hello'],
    ['JSON of another kind', '[]'],
    ['null', 'null'],
    ['white space', line.replace('{', '{ ')],
    ['white space at the end', `${line} `],
    ['a carriage return', `${line}\r`],
    ['members in another order', line.replace(/("node":"node-1"),("previous":"[^"]+")/, '$2,$1')],
    ['a member too many', line.replace('"sequence":1', '"sequence":1,"x":1')],
    ['a member twice', line.replace('"sequence":1', '"sequence":1,"sequence":1')],
    ['another form of a number', line.replace('"sequence":1', '"sequence":1.0')],
    ['another form of a letter', line.replace('node-1', '\\u006eode-1')],
    ['a record that is a list', `${line.slice(0, 83)}[]}`],
    ['deep nesting', `${line.slice(0, 83)}${'['.repeat(100_000)}}`],
    [
      'a deep detail',
      `${line.slice(0, 83)}{"event":{"details":{"a":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}}}}`,
    ],
    ['a time that is none', line.replace(/"time":"[^"]+"/, '"time":"yesterday"')],
  ])('%s', async (_, bad) => {
    expect(await verify([bad, ...lines.slice(1)])).toMatchObject({
      ok: false,
      fault: { kind: 'altered', node: 'node-1', sequence: 1, line: 1 },
    })
  })
  test('octets that are not UTF-8, and a line without end', async () => {
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`)
    const at = bytes.indexOf(0x0a) + 20
    for (const octet of [0xff, 0xc0, 0x80, 0xed]) {
      const changed = bytes.slice()
      changed[at] = octet
      expect(await verifyBytes(changed)).toMatchObject({ ok: false, fault: { sequence: 2 } })
    }
    let given = 0
    const endless = async function* () {
      for (; given < 10_000; given++) yield new Uint8Array(64 * 1024).fill(0x20)
    }
    const found = await verifyAuditTrail(systemDefaults, auditLines(endless()), { keys })
    expect(found).toMatchObject({ ok: false, fault: { sequence: 1 } })
    expect(given).toBeLessThan(20)
  })
})

describe('several nodes', () => {
  const make = async () => {
    const shared = await trailDeps()
    for (const node of ['a', 'b', 'c']) {
      const trail = await createAuditTrail(shared, { node })
      await trail.record(eventOf(node))
      await trail.close()
    }
    return { lines: await collect(exportAuditTrail(shared.chain)), keys: [shared.signer.publicKey] }
  }
  test('are verified each by itself, one after the other or mixed', async () => {
    const { lines: all, keys } = await make()
    const mixed = [0, 1, 2].flatMap((i) => [all[i] ?? '', all[i + 3] ?? '', all[i + 6] ?? ''])
    for (const order of [all, mixed]) {
      const found = await verifyAuditTrail(systemDefaults, order, { keys, nodes: ['c', 'b', 'a'] })
      expect(found).toMatchObject({ ok: true, chains: [{ node: 'c' }, { node: 'b' }, { node: 'a' }] })
    }
  })
  test('a node that is missing, or not expected, is named', async () => {
    const { lines: all, keys } = await make()
    expect(await verifyAuditTrail(systemDefaults, all, { keys, nodes: ['a', 'b', 'c', 'd'] })).toMatchObject({
      fault: { kind: 'missing', node: 'd', sequence: 1 },
    })
    expect(await verifyAuditTrail(systemDefaults, all, { keys, nodes: ['a', 'c'] })).toMatchObject({
      fault: { kind: 'unknown-node', node: 'b', sequence: 1 },
    })
  })
  test('a record at the border of two chains is named', async () => {
    const { lines: all, keys } = await make()
    for (const [at, node, sequence] of [
      [0, 'a', 1],
      [2, 'a', 3],
      [3, 'b', 1],
      [6, 'c', 1],
      [8, 'c', 3],
    ] as const) {
      for (const bad of [
        '',
        (all[at] ?? '').replace('"time":"2026', '"time":"2025'),
        (all[at] ?? '').replaceAll(`"node":"${node}"`, '"node":"z"'),
      ]) {
        const found = await verifyAuditTrail(systemDefaults, all.with(at, bad), { keys })
        expect(found).toMatchObject({ ok: false, fault: { node, sequence } })
      }
    }
  })
})

test('nothing is verified without a key', async () => {
  await expectCode(verifyAuditTrail(systemDefaults, lines, { keys: [] }), 'configuration')
  const stranger = await checkpointKey()
  const found = await verifyAuditTrail(systemDefaults, lines, { keys: [stranger.publicKey] })
  expect(found).toMatchObject({ ok: false, fault: { kind: 'unknown-key', sequence: 1 } })
})

test('a part of a chain can be exported, and is not taken for the whole', async () => {
  expect(await collect(exportAuditTrail(deps.chain, { node: 'node-1', after: 3 }))).toEqual(lines.slice(3))
  expect(await verify(lines.slice(3))).toMatchObject({ ok: false, fault: { kind: 'missing', sequence: 1 } })
})

test.each(['ecdsa-p256', 'rsa-2048'] as const)('openssl verifies hashes and a checkpoint of %s', async (type) => {
  const made = await trailDeps({ signer: await checkpointKey(type) })
  const trail = await createAuditTrail(made, { node: 'node-1' })
  await trail.record(eventOf('Ünïcode \u2028 and a lone surrogate \ud800'))
  await trail.close()
  const all = await collect(exportAuditTrail(made.chain))
  const folder = mkdtempSync(join(tmpdir(), 'certwright-audit-'))
  const file = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)
  try {
    for (const line of all) {
      const [, hash, content = ''] = /^\{"hash":"([0-9a-f]{64})","record":(.*)\}$/s.exec(line) ?? []
      file('record', `certwright audit record 1\0${content}`)
      expect(openssl(['dgst', '-sha256', '-r', 'record'], folder)).toBe(`${hash} *record\n`)
    }
    const line = all.at(-1) ?? ''
    const checkpoint = /"checkpoint":(\{[^}]*\})/.exec(line)?.[1]
    const signature = /"signature":"([^"]*)"/.exec(line)?.[1] ?? ''
    file('checkpoint', `certwright audit checkpoint 1\0${checkpoint}`)
    file('signature', Buffer.from(signature, 'base64'))
    file('key.der', made.signer.publicKey)
    openssl(['pkey', '-pubin', '-inform', 'DER', '-in', 'key.der', '-out', 'key.pem'], folder)
    const said = openssl(['dgst', '-sha256', '-verify', 'key.pem', '-signature', 'signature', 'checkpoint'], folder)
    expect(said.trim()).toBe('Verified OK')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
