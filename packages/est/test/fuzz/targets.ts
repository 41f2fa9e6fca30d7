import { equalBytes } from '@certwright/core/asn1'
import { encodeCertsOnly } from '@certwright/core/cms'
import { CertwrightError } from '@certwright/core/errors'
import { CertificationRequest, encodePem } from '@certwright/core/x509'
import { decodeCertificates, decodeCertificationRequest, encodeCertificates } from '../../src/messages/index.js'
import { parseRoute } from '../../src/routes.js'
import { certificate, request } from './seeds.js'

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin1 = new TextDecoder('latin1')

function refusedOr<T>(run: () => T): { readonly result: T } | undefined {
  try {
    return { result: run() }
  } catch (error) {
    if (error instanceof CertwrightError && error.message.length < 2000) return undefined
    throw error
  }
}

/** Every decoder of this package by name, as `npm run fuzz` runs them. */
export const targets = {
  'est-request': {
    seeds: [
      request,
      octets(encodePem('CERTIFICATE REQUEST', request)),
      octets(encodePem('NEW CERTIFICATE REQUEST', request).replaceAll('\n', '\r\n')),
      octets(btoa(String.fromCharCode(...request))),
    ],
    run: (input: Uint8Array) => {
      const read = refusedOr(() => decodeCertificationRequest(input))?.result
      if (read === undefined) return
      const der = CertificationRequest.encode(read)
      if (!equalBytes(CertificationRequest.encode(decodeCertificationRequest(der)), der)) throw new Error('it changes')
    },
  },
  'est-certificates': {
    seeds: [
      encodeCertsOnly([certificate]),
      encodeCertificates([certificate]),
      encodeCertificates([certificate], 'openssl'),
    ],
    run: (input: Uint8Array) => {
      const read = refusedOr(() => decodeCertificates(input))?.result
      if (read !== undefined && read.length > 0) refusedOr(() => encodeCertificates(read))
    },
  },
  'est-route': {
    seeds: ['/.well-known/est/cacerts', '/.well-known/est/a/b%20c/%63acerts', '/.well-known/est//x'].map(octets),
    run: (input: Uint8Array) => {
      const route = refusedOr(() => parseRoute(latin1.decode(input)))?.result
      if (route?.operation.includes('/') === true) throw new Error('an operation of several segments')
    },
  },
} as const
