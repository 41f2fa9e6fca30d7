import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@certwright/core/asn1'
import { loggedTbs } from '@certwright/core/ct'
import { systemClock } from '@certwright/core/defaults'
import { Certificate, CertificateList, CRLNumber, decodeExtension, extensionOid } from '@certwright/core/x509'
import { runUntilKilled, startTestLog, type TestLog } from '@certwright/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SqlStore, sqliteStore } from '../../src/index.js'
import { buildProgram } from '../support/build-program.js'
import { temporaryDirectory } from '../support/files.js'

const program = await buildProgram('ca-steps')
const never = () => false
const run = (folder: string, scenario: string, step = 0) =>
  runUntilKilled(program, { args: [folder, scenario, `${step}`], when: never })

/** More steps than any of it takes. */
const maxSteps = 150

let prepared = ''
let log: TestLog
const roots: Uint8Array[] = []

beforeAll(async () => {
  prepared = await mkdtemp(join(tmpdir(), 'certwright-prepared-'))
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeFile(join(prepared, 'device.spki'), publicKey.export({ type: 'spki', format: 'der' }))
  log = await startTestLog({ clock: systemClock, roots })
  const publicLog = { url: log.url, publicKey: Buffer.from(log.publicKey).toString('base64') }
  await writeFile(join(prepared, 'log.json'), JSON.stringify(publicLog))
  const { lines, stderr } = await run(prepared, 'prepare', maxSteps)
  expect(lines, stderr).toEqual(['1'])
  const store = await sqliteStore(join(prepared, 'pki.db'))
  const { items } = await store.certificates.find({ issuer: 'test~root' })
  await store.close()
  roots.push(...items.flatMap(({ certificate }) => certificate ?? []))
})
afterAll(async () => {
  await log.close()
  await rm(prepared, { recursive: true, force: true })
})

const serialOf = (certificate: Uint8Array) => toHex(Certificate.decode(certificate).tbsCertificate.value.serialNumber)

async function copyOf(folder: string): Promise<string> {
  const copy = await temporaryDirectory()
  await cp(folder, copy, { recursive: true })
  return copy
}

/** Kills at every step in turn, each time from the same beginning; then does it again to the end, and looks. */
async function atEveryStep(
  scenario: string,
  begin: () => Promise<string>,
  look: (store: SqlStore, handedOut: string, again: string) => Promise<void>,
): Promise<number> {
  for (let step = 1; step <= maxSteps; step++) {
    const folder = await begin()
    const { killed, lines, stderr } = await run(folder, scenario, step)
    if (!killed) {
      expect(lines, stderr).toHaveLength(1)
      return step - 1
    }
    expect(lines).toEqual([])
    const finished = await run(folder, scenario)
    expect(finished.lines, `after step ${step}: ${finished.stderr}`).toHaveLength(2)
    const store = await sqliteStore(join(folder, 'pki.db'))
    await look(store, finished.lines[0] ?? '', finished.lines[1] ?? '')
    await expectConsistent(store)
    await store.close()
  }
  throw new Error('more steps than expected')
}

async function auditOf(store: SqlStore) {
  const { items } = await store.auditEvents({ limit: 1000 })
  return items
}

async function everyRecord(store: SqlStore) {
  const { items } = await store.certificates.find({}, { limit: 1000 })
  const reserved = await store.certificates.find({ status: 'reserved' }, { limit: 1000 })
  return [...items, ...reserved.items]
}

/** What must hold whatever happened: certificates are what was recorded and audited, lists rise and are audited. */
async function expectConsistent(store: SqlStore): Promise<void> {
  const records = await everyRecord(store)
  const audited = new Set(
    (await auditOf(store)).map(({ type, details }) => `${type} ${details['serial'] ?? details['number']}`),
  )
  for (const { certificate, tbsCertificate, serial } of records) {
    if (certificate === null) continue
    expect(Buffer.compare(Certificate.decode(certificate).tbsCertificate.bytes, tbsCertificate)).toBe(0)
    expect(audited).toContain(`certificate.issued ${serial}`)
    const { issuer } = new X509Certificate(certificate)
    const signers = records.flatMap((other) =>
      other.certificate === null ? [] : [new X509Certificate(other.certificate)],
    )
    expect(signers.some((ca) => ca.subject === issuer && new X509Certificate(certificate).verify(ca.publicKey))).toBe(
      true,
    )
  }
  expect(new Set(records.map(({ issuer, requestId }) => `${issuer} ${requestId}`)).size).toBe(records.length)
  for (const { issuer, scope } of await store.certificates.crlScopes()) {
    const latest = await store.certificates.latestCrl(issuer, scope)
    if (latest === undefined) continue
    const { crlExtensions = [] } = CertificateList.decode(latest.crl).tbsCertList.value
    expect(Number(decodeExtension(CRLNumber, crlExtensions, extensionOid.cRLNumber))).toBe(latest.number)
    expect(audited).toContain(`crl.issued ${latest.number}`)
    expect(await store.certificates.lastCrlNumber(issuer, latest.sequence)).toBeGreaterThanOrEqual(latest.number)
  }
}

const recordOf = async (store: SqlStore, requestId: string) =>
  (await everyRecord(store)).filter((record) => record.requestId === requestId)

// Each step is two processes: on a busy machine a minute is too short.
describe('a process that is killed at each step', { timeout: 300_000 }, () => {
  test('of making its CAs goes on where it was', async () => {
    const steps = await atEveryStep('open', temporaryDirectory, async (store) => {
      const issued = (await everyRecord(store)).map(({ requestId, status }) => [requestId, status])
      expect(issued.sort()).toEqual([
        ['ca-certificate:test~issuing:1', 'issued'],
        ['ca-certificate:test~root:1', 'issued'],
      ])
    })
    expect(steps).toBeGreaterThan(20)
  })
  test('of an issuance gives one certificate', async () => {
    const steps = await atEveryStep(
      'issue',
      () => copyOf(prepared),
      async (store, handedOut, again) => {
        const found = await recordOf(store, 'another')
        expect(found.map(({ fingerprint }) => fingerprint)).toEqual([handedOut])
        expect(again).toBe(handedOut)
      },
    )
    expect(steps).toBeGreaterThanOrEqual(8)
  })
  test('of an issuance with a precertificate gives one of each, and nothing is logged that is not recorded', async () => {
    const loggedOf = (serial: string | undefined) =>
      log.logged().filter(({ chain: [first] }) => first && serialOf(first) === serial)
    const steps = await atEveryStep(
      'logged',
      () => copyOf(prepared),
      async (store, handedOut, again) => {
        const [record, ...more] = await recordOf(store, 'logged')
        expect(more).toEqual([])
        expect([handedOut, again]).toEqual([record?.fingerprint, record?.fingerprint])
        const logged = loggedOf(record?.serial)
        expect(logged).toHaveLength(1)
        const [precertificate = new Uint8Array()] = logged[0]?.chain ?? []
        const { bytes } = Certificate.decode(precertificate).tbsCertificate
        expect(loggedTbs(record?.tbsCertificate ?? new Uint8Array())).toEqual(loggedTbs(bytes))
        const audited = (await auditOf(store)).filter(({ details }) => details['serial'] === record?.serial)
        expect(audited.map(({ type }) => type)).toContain('certificate.precertified')
      },
    )
    expect(steps).toBeGreaterThanOrEqual(18)
  })
  test('of a replacement gives one new certificate, and revokes the one before', async () => {
    const steps = await atEveryStep(
      'replace',
      () => copyOf(prepared),
      async (store, handedOut, again) => {
        expect(again).toBe(handedOut)
        const found = await recordOf(store, 'replace')
        expect(found.map(({ fingerprint }) => fingerprint)).toEqual([handedOut])
        const [before] = await recordOf(store, 'device')
        expect(before?.status).toBe('revoked')
      },
    )
    expect(steps).toBeGreaterThanOrEqual(8)
  })
  test('of a revocation has it on the next list', async () => {
    const steps = await atEveryStep(
      'revoke',
      () => copyOf(prepared),
      async (store, handedOut, again) => {
        expect([handedOut, again]).toEqual(['keyCompromise', 'keyCompromise'])
        const [device] = await recordOf(store, 'device')
        const latest = await store.certificates.latestCrl('test~issuing')
        const listed = CertificateList.decode(latest?.crl ?? new Uint8Array()).tbsCertList.value.revokedCertificates
        expect(listed?.map(({ userCertificate }) => toHex(userCertificate))).toEqual([device?.serial])
      },
    )
    expect(steps).toBeGreaterThanOrEqual(8)
  })
  test('of a rollover gives one new key', async () => {
    const steps = await atEveryStep(
      'rollover',
      () => copyOf(prepared),
      async (store, handedOut, again) => {
        expect(again).toBe(handedOut)
        const made = (await everyRecord(store)).filter(({ requestId }) =>
          requestId.startsWith('ca-certificate:test~issuing:2'),
        )
        expect(made).toHaveLength(1)
      },
    )
    expect(steps).toBeGreaterThanOrEqual(8)
  })
  test('of making lists uses no number twice', async () => {
    const steps = await atEveryStep(
      'lists',
      () => copyOf(prepared),
      async (store, handedOut, again) => {
        expect(Number(again)).toBeGreaterThan(Number(handedOut))
        const numbers = (await auditOf(store))
          .filter(({ type }) => type === 'crl.issued')
          .map(({ details }) => details['number'])
        expect(new Set(numbers).size).toBe(numbers.length)
      },
    )
    expect(steps).toBeGreaterThanOrEqual(16)
  })
})
