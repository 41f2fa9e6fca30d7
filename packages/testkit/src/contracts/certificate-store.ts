import type { CertificateStore } from '@certwright/core/ports'
import { describe } from 'vitest'
import { crlTests } from './certificate-crls.js'
import { eventTests } from './certificate-events.js'
import { findTests } from './certificate-find.js'
import { issuanceTests } from './certificate-issuance.js'
import { precertificateTests } from './certificate-precertificates.js'
import { searchTests } from './certificate-search.js'
import { statusTests } from './certificate-status.js'
import { transferTests } from './certificate-transfer.js'
import { certificateLossTests } from './connection-loss.js'
import { eachSubject, type MakeSubject } from './subject.js'

/**
 * Every promise of the `CertificateStore` port as tests of vitest. Call it at the top level of a test file.
 *
 * @param name of the adapter, for the report
 * @param make a fresh, empty store for each test
 */
export function certificateStoreContract(name: string, make: MakeSubject<CertificateStore>): void {
  describe(`${name} keeps the CertificateStore contract`, () => {
    const present = eachSubject(make)
    const store = () => present().subject
    describe('reserve, complete, get', () => issuanceTests(store))
    describe('precertify, amend', () => precertificateTests(store))
    describe('changeStatus, revoked', () => statusTests(store))
    describe('find', () => findTests(store))
    describe('names, tags, links, count', () => searchTests(store))
    describe('events', () => eventTests(store))
    describe('export and import', () => transferTests(store))
    describe('lost connections', () => certificateLossTests(present))
    describe('reserveCrl, lastCrlNumber, addCrl, latestCrl, crlScopes', () => crlTests(store))
  })
}
