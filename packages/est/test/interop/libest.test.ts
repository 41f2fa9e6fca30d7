import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTls } from '../../../node/test/support/raw.js'
import { makeRequest } from '../support/openssl.js'
import { serveEst } from './served.js'

let est: Awaited<ReturnType<typeof serveEst>>
beforeAll(async () => {
  est = await serveEst()
})
afterAll(() => est.stop())

/** Sends a request as libest does, and reads to the end of the connection as libest does. */
async function exchange(
  method: string,
  operation: string,
  fields: readonly string[],
  body = '',
): Promise<readonly string[]> {
  const ca = await readFile(join(est.dir, 'tls-root.pem'))
  const { socket, closed } = openTls(Number(new URL(est.url).port), { ca })
  const lines = [
    `${method} /.well-known/est/${operation} HTTP/1.1`,
    'User-Agent: Cisco EST client 1.0',
    'Connection: close',
  ]
  socket.write([...lines, 'Host: localhost', 'Accept: */*', ...fields, '', body].join('\r\n'))
  return (await closed).split('\r\n')
}

const pkcs10 = (body: string): readonly string[] => [
  'Content-Type: application/pkcs10',
  `Content-Length: ${body.length}`,
]

// libest itself is packaged nowhere. Its parser (est_client_http.c) compares these lines letter by letter.
describe('what libest compares in an answer', () => {
  it('cacerts: the content type has no parameter', async () => {
    const lines = await exchange('GET', 'cacerts', [])
    expect(lines[0]).toBe('HTTP/1.1 200 OK')
    expect(lines).toContain('Content-Type: application/pkcs7-mime')
    expect(lines.find((line) => line.startsWith('Content-Length: '))).toBe(`Content-Length: ${lines.at(-1)?.length}`)
  })

  it('simpleenroll: a challenge first, then the certificate', async () => {
    const { der } = await makeRequest()
    // libest breaks lines after 64 characters.
    const body = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')
    const refused = await exchange('POST', 'simpleenroll', pkcs10(body), body)
    expect(refused[0]).toBe('HTTP/1.1 401 Unauthorized')
    expect(refused.find((line) => line.startsWith('WWW-Authenticate: '))).toMatch(
      /^WWW-Authenticate: Basic realm="EST"/,
    )
    const authorization = `Authorization: ${est.world.basic}`
    const accepted = await exchange('POST', 'simpleenroll', [authorization, ...pkcs10(body)], body)
    expect(accepted[0]).toBe('HTTP/1.1 200 OK')
    expect(accepted).toContain('Content-Type: application/pkcs7-mime; smime-type=certs-only')
  })
})
