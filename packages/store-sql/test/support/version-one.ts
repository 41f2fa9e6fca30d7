import { readFile } from 'node:fs/promises'
import { collect, digestOf } from '@certwright/testkit/contracts'
import { expect } from 'vitest'
import type { SqlStore } from '../../src/index.js'

/** The SQL that makes a database as schema version 1 left it. */
export function versionOne(engine: 'sqlite' | 'postgres'): Promise<string> {
  return readFile(new URL(`../fixtures/version-1.${engine}.sql`, import.meta.url), 'utf8')
}

/** Everything of the database of version 1 is there, and what version 2 adds works on it. */
export async function expectMigrated(store: SqlStore): Promise<void> {
  const { certificates } = store
  const { items: found } = await certificates.find({ issuer: 'acme~one' })
  expect(found.map(({ serial, status }) => `${serial} ${status}`)).toEqual(['03 held', '02 revoked', '01 issued'])
  const names = ['DNS:device-1.example.org', 'IP:192.0.2.1', 'CN:Device 1']
  for (const name of names) expect((await certificates.find({ name })).items).toMatchObject([{ serial: '01', names }])
  expect((await certificates.find({ superseded: true })).items).toMatchObject([{ serial: '01' }])
  expect((await certificates.find({ status: 'reserved' })).items).toMatchObject([{ serial: '04' }])
  expect((await collect(certificates.revoked('acme~one', { scope: 'full' }))).map(({ serial }) => serial)).toEqual([
    '02',
    '03',
  ])
  const { items: events } = await certificates.events()
  expect(events.map(({ type, serial }) => `${type} ${serial}`)).toEqual([
    'issued 02',
    'issued 01',
    'issued 03',
    'held 03',
    'revoked 02',
  ])
  expect(await certificates.latestCrl('acme~one')).toMatchObject({ number: 2, crl: new Uint8Array([0x31]) })
  expect(await store.records.get('c', 'k', new Date(0))).toMatchObject({ version: 3, value: 'kept' })
  expect((await store.auditEvents()).items).toMatchObject([{ requestId: 'request 01' }])
  const link = { node: 'a', sequence: 1, content: '{}', hash: digestOf('{}') }
  await store.auditChain.append([link])
  expect(await store.auditChain.read('a')).toEqual([link])
  await certificates.setTags('acme~one', '01', ['migrated'])
  expect((await certificates.find({ tags: ['migrated'] })).items).toMatchObject([{ serial: '01' }])
}
