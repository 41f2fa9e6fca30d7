import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { memoryKeys, memoryStore, openCa } from '@certwright/core'
import type { RevokedEntry } from '@certwright/core/ports'
import { DeferredCertificateList, findRevoked } from '@certwright/core/x509'
import { type Row, round } from './_measure.js'

const entries = 1_000_000
const reasons = ['keyCompromise', 'superseded', 'cessationOfOperation', 'unspecified'] as const

/** What the child says of one list. */
interface Measured {
  readonly seconds: number
  readonly peak: number
  readonly before: number
  readonly octets: number
  readonly lookup: number
}

/** The revoked certificates of a CA as a store streams them: 16-octet serials in order, dates of a year, some reasons. */
async function* revokedEntries(): AsyncIterable<RevokedEntry> {
  const notAfter = new Date('2040-01-01T00:00:00Z')
  const from = Date.UTC(2025, 0)
  for (let index = 0; index < entries; index++) {
    const serial = `${0x40_000_000 + index * 7}${'9c3fe1705b2d846af1c7'}${(index % 4096) + 4096}`
      .slice(0, 32)
      .padEnd(32, '5')
    const revokedAt = new Date(from + ((index * 7919) % 31_536_000) * 1000)
    yield { serial, revokedAt, notAfter, reason: reasons[index % 4] ?? 'unspecified' }
  }
}

/** A CA with a million revoked certificates makes its list: read, write, lint, record, sign, verify, audit, record. */
async function measureList(): Promise<Measured> {
  const { certificates, ...store } = memoryStore()
  const deps = { store: { ...store, certificates: { ...certificates, revoked: revokedEntries } }, keys: memoryKeys() }
  const ca = await openCa(deps, { id: 'bench~issuing', subject: 'CN=Bench CA,O=Acme', profile: 'basic-ca-root' })
  const before = process.resourceUsage().maxRSS / 1024
  const start = process.hrtime.bigint()
  const { crl } = await ca.publishCrl('crl')
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  const peak = process.resourceUsage().maxRSS / 1024
  return { seconds, before, peak, octets: crl.length, lookup: lookupTime(crl) }
}

/** Milliseconds to decode the list and find its last entry. */
function lookupTime(crl: Uint8Array): number {
  const start = process.hrtime.bigint()
  const { revokedCertificates } = DeferredCertificateList.decode(crl, { maxSize: crl.length, maxElements: crl.length })
    .tbsCertList.value
  const last = revokedCertificates?.at(entries - 1)
  if (last === undefined || findRevoked(revokedCertificates, last.userCertificate) === undefined) {
    throw new Error('the last entry is not in the list')
  }
  return Number(process.hrtime.bigint() - start) / 1e6
}

const childFlag = '--one-list'

/** The list is made in a process of its own, five times, so that its memory is that of nothing else. */
export async function run(): Promise<readonly Row[]> {
  const file = fileURLToPath(import.meta.url)
  const measured = Array.from(
    { length: 5 },
    (): Measured => JSON.parse(execFileSync(process.execPath, [file, childFlag], { encoding: 'utf8' })),
  )
  const median = (of: (one: Measured) => number): number => measured.map(of).sort((a, b) => a - b)[2] ?? Number.NaN
  return [
    {
      id: 'crl.million_s',
      value: round(median(({ seconds }) => seconds)),
      unit: 's',
      what: 'a CRL of 1,000,000 entries: read, written, linted, recorded, signed (P-256), verified, audited, recorded',
    },
    {
      id: 'crl.million_mb',
      value: round(median(({ peak }) => peak)),
      unit: 'MB',
      what: `peak of the whole process (${round(median(({ before }) => before))} MB before the list), entries streamed from the store`,
    },
    {
      id: 'crl.million_octets',
      value: round(median(({ octets }) => octets / 1e6)),
      unit: 'MB',
      what: 'the list',
    },
    {
      id: 'crl.million_lookup_ms',
      value: round(median(({ lookup }) => lookup)),
      unit: 'ms',
      what: 'the list decoded and its last entry found',
    },
  ]
}

if (process.argv.includes(childFlag)) console.log(JSON.stringify(await measureList()))
