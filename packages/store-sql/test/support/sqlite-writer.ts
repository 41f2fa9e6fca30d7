import { writeSync } from 'node:fs'
import { sampleIntent, sampleIssued } from '../../../testkit/src/contracts/samples.js'
import type { SqliteDriverName } from '../../src/sqlite/driver.js'
import { sqliteStore } from '../../src/sqlite/sqlite-store.js'

/**
 * Issues in a file for ever, sixteen at a time, and prints a line for each thing that the store has promised. To be
 * killed.
 */
const [path = '', driver = '', round = ''] = process.argv.slice(2)
const store = await sqliteStore(path, { driver: driver as SqliteDriverName })
// Written at once: a line is out before anything else happens.
const say = (...words: readonly string[]) => writeSync(1, `${words.join(' ')}\n`)

const work = async (worker: number) => {
  for (let i = 0; ; i++) {
    const name = `${round}.${worker}.${i}`
    const intent = sampleIntent(name)
    await store.certificates.reserve(intent)
    say('reserved', intent.serial)
    const { fingerprint } = await store.certificates.complete(intent.issuer, intent.serial, sampleIssued(intent))
    say('issued', intent.serial, fingerprint ?? '')
    const event = {
      time: intent.createdAt,
      type: 'certificate.issued',
      actor: null,
      requestId: name,
      details: {},
    } as const
    await store.audit.record(event)
    say('recorded', name)
    await store.records.put('names', name, i, 0, intent.createdAt, { index: { round } })
    say('put', name)
  }
}
await Promise.all(Array.from({ length: 16 }, (_, worker) => work(worker)))
