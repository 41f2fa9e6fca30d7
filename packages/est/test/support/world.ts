import { createOrOpenCa } from '@certwright/core/ca'
import { memoryKeys, memoryStore, systemDefaults } from '@certwright/core/defaults'
import {
  anyOf,
  createClientCertificate,
  createEnrollment,
  createPasscodes,
  type EnrollmentPolicyOptions,
} from '@certwright/core/enrollment'
import { CertwrightError } from '@certwright/core/errors'
import type { Peer } from '@certwright/core/http'
import type { AuditSink, CertificateStore, Clock, RandomSource } from '@certwright/core/ports'
import { createEstHandler, type EstOptions } from '../../src/index.js'

const profile = 'est-digital-signature'

/** A real CA, a real door and EST in front of it; everything in memory. */
export async function makeWorld(
  given: {
    readonly clock?: Clock
    readonly random?: RandomSource
    readonly options?: EstOptions
    readonly policy?: Partial<EnrollmentPolicyOptions>
  } = {},
) {
  const faults = { reserve: false, audit: false }
  const { store, auditEvents } = breakable(faults)
  const logged: { readonly message: string; readonly fields: unknown }[] = []
  const logger = {
    ...systemDefaults.logger,
    error: (message: string, fields?: unknown) => void logged.push({ message, fields }),
  }
  const deps = {
    ...systemDefaults,
    ...given,
    logger,
    store,
    keys: memoryKeys(),
    audit: store.audit,
    records: store.records,
  }
  const root = await createOrOpenCa(deps, {
    id: 'test~root',
    subject: 'CN=Test Root',
    profile: 'basic-ca-root',
    profiles: ['basic-ca-subord'],
    issueIntermediates: true,
  })
  const issuing = await createOrOpenCa(deps, {
    id: 'test~issuing',
    subject: 'CN=Test Issuing',
    profile: 'basic-ca-subord',
    issuer: root,
  })
  const passcodes = createPasscodes(deps)
  const { password } = await passcodes.create('line-3')
  const { password: otherPassword } = await passcodes.create('line-4')
  const authenticate = anyOf(createClientCertificate(deps, issuing), passcodes)
  const policy = { issuer: issuing, profile, authenticate, ...given.policy }
  const enrollment = createEnrollment(deps, { '': policy, 'acme/IOT_1': policy })
  const { handler } = createEstHandler({ enrollment, logger }, given.options)
  return {
    store,
    auditEvents,
    faults,
    root,
    issuing,
    handler,
    deps,
    enrollment,
    logged,
    basic: basic('line-3', password),
    otherBasic: basic('line-4', otherPassword),
    password,
  }
}

export type World = Awaited<ReturnType<typeof makeWorld>>

/** The value of an Authorization field. */
export const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

/** A client over TLS with these certificates. */
export const peerWith = (...clientCertificates: readonly Uint8Array[]): Peer => ({
  address: '192.0.2.7',
  secure: true,
  clientCertificates,
})

/** A POST to an operation. */
export function post(
  operation: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
  type: string | null = 'application/pkcs10',
): Request {
  const request = new Request(`https://est.example/.well-known/est/${operation}`, {
    method: 'POST',
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body.slice(),
    headers,
  })
  if (type !== null) request.headers.set('content-type', type)
  return request
}

/** A GET of an operation. */
export const get = (operation: string, headers: Readonly<Record<string, string>> = {}): Request =>
  new Request(`https://est.example/.well-known/est/${operation}`, { headers })

/** A memory store whose disk a test can fill. */
function breakable(faults: { reserve: boolean; audit: boolean }) {
  const { auditEvents, ...store } = memoryStore()
  const certificates: CertificateStore = {
    ...store.certificates,
    async reserve(intent) {
      if (faults.reserve) throw new CertwrightError('store', 'the disk /dev/sda1 is full')
      return store.certificates.reserve(intent)
    },
  }
  const audit: AuditSink = {
    async record(event) {
      if (faults.audit) throw new CertwrightError('audit', 'the disk /dev/sda1 is full')
      return store.audit.record(event)
    },
  }
  return { store: { ...store, certificates, audit }, auditEvents }
}
