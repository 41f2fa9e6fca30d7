import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inFolder, openssl, opensslRequest } from '../../../packages/core/test/support/openssl.js'
import { dataFolder, type PlatformProcess, runToEnd, startProcess } from './support/child.js'
import { ask } from './support/est-requests.js'

const folder = dataFolder()
let platform: PlatformProcess

beforeAll(async () => {
  platform = await startProcess(folder.path)
})
afterAll(async () => {
  await platform.stop('SIGKILL')
  folder.remove()
})

const request = opensslRequest('p256', '/CN=device-1')

/** The certificates in an EST answer, as PEM, by openssl. */
const certificatesOf = (body: Buffer): string =>
  inFolder((dir) => {
    writeFileSync(join(dir, 'answer.p7'), Buffer.from(body.toString(), 'base64'))
    return openssl(['pkcs7', '-inform', 'DER', '-in', 'answer.p7', '-print_certs'], dir)
  })

describe('the first start', () => {
  it('keeps secrets and keys to their owner', () => {
    const mode = (name: string): number => statSync(join(folder.path, name)).mode & 0o777
    expect(statSync(folder.path).mode & 0o777).toBe(0o700)
    for (const name of ['demo.json', 'passphrase', 'certwright.db', 'tls/server.key.pem'])
      expect(mode(name)).toBe(0o600)
    expect(mode('trust-anchor.pem')).toBe(0o644)
  })

  it('prints no secret', () => {
    expect(platform.output()).not.toContain(platform.credentials.password)
  })

  it('serves CRLs and CA certificates over HTTP that fit together', async () => {
    const get = async (path: string) => {
      const response = await fetch(`${platform.http}${path}`)
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        body: new Uint8Array(await response.arrayBuffer()),
      }
    }
    const [crl, ca, missing] = [
      await get('/crl/demo/issuing/crl.crl'),
      await get('/ca/demo/issuing.cer'),
      await get('/crl/demo/other/crl.crl'),
    ]
    expect([crl.status, crl.type, ca.status, ca.type, missing.status]).toEqual([
      200,
      'application/pkix-crl',
      200,
      'application/pkix-cert',
      404,
    ])
    const verified = inFolder((dir) => {
      writeFileSync(join(dir, 'l.crl'), crl.body)
      writeFileSync(join(dir, 'ca.der'), ca.body)
      openssl(['x509', '-inform', 'DER', '-in', 'ca.der', '-out', 'ca.pem'], dir)
      return openssl(['crl', '-inform', 'DER', '-in', 'l.crl', '-CAfile', 'ca.pem', '-noout', '-crlnumber'], dir)
    })
    expect(verified).toContain('crlNumber=')
  })

  it('serves the changes to a CRL, and says what is no list', async () => {
    const response = await fetch(`${platform.http}/crl/demo/issuing/delta.crl`)
    const delta = new Uint8Array(await response.arrayBuffer())
    const text = inFolder((dir) => {
      writeFileSync(join(dir, 'l.crl'), delta)
      return openssl(['crl', '-inform', 'DER', '-in', 'l.crl', '-noout', '-text'], dir)
    })
    expect(text).toContain('X509v3 Delta CRL Indicator: critical')
    for (const name of ['1', '1-delta', 'crl-k2', 'x', '%2e%2e%2fcrl', 'constructor']) {
      const missing = await fetch(`${platform.http}/crl/demo/issuing/${name}.crl`)
      expect([missing.status, await missing.text()]).toEqual([404, expect.stringMatching(/^there is no/)])
    }
  })

  it.each([
    ['/health/live', 200, 'live'],
    ['/health/ready', 200, 'ready'],
    ['/metrics', 200, 'certwright_audit_events_total'],
    ['/.well-known/est/cacerts', 403, 'HTTPS'],
    ['/nothing', 404, 'nothing'],
  ])('answers GET %s over HTTP with %i', async (path, status, text) => {
    const response = await fetch(`${platform.http}${path}`)
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(text)])
  })
})

describe('EST on the platform', () => {
  it('issues what openssl verifies under trust-anchor.pem alone, also with CRL check', async () => {
    const answer = await ask(platform, { body: request })
    expect(answer.status).toBe(200)
    const crl = async (ca: string) =>
      Buffer.from(await (await fetch(`${platform.http}/crl/demo/${ca}/crl.crl`)).arrayBuffer())
    const lists = [await crl('issuing'), await crl('root')]
    const result = inFolder((dir) => {
      writeFileSync(join(dir, 'leaf.pem'), certificatesOf(answer.body))
      writeFileSync(join(dir, 'anchor.pem'), platform.trustAnchor)
      const pems = lists.map((list, i) => {
        writeFileSync(join(dir, `${i}.crl`), list)
        return openssl(['crl', '-inform', 'DER', '-in', `${i}.crl`], dir)
      })
      writeFileSync(join(dir, 'crls.pem'), pems.join(''))
      return [[], ['-crl_check_all', '-CRLfile', 'crls.pem']].map((extra) =>
        openssl(['verify', '-x509_strict', ...extra, '-CAfile', 'anchor.pem', 'leaf.pem'], dir).trim(),
      )
    })
    expect(result).toEqual(['leaf.pem: OK', 'leaf.pem: OK'])
  })

  it('serves the same policy under the label of organization, CA and profile', async () => {
    const path = '/.well-known/est/demo/issuing/est-digital-signature/simpleenroll'
    expect((await ask(platform, { path, body: request })).status).toBe(200)
  })

  it('renews with the certificate as TLS client', async () => {
    const { pem, key } = inFolder((dir) => {
      openssl(
        [
          'req',
          '-new',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-keyout',
          'k.pem',
          '-subj',
          '/CN=device-9',
          '-out',
          'c.csr',
        ],
        dir,
      )
      return { key: openssl(['pkey', '-in', 'k.pem'], dir), pem: openssl(['req', '-in', 'c.csr'], dir) }
    })
    const first = await ask(platform, { body: pem })
    const renewed = await ask(platform, {
      path: '/.well-known/est/simplereenroll',
      body: pem,
      login: null,
      cert: certificatesOf(first.body),
      key,
    })
    expect([first.status, renewed.status]).toEqual([200, 200])
    expect(certificatesOf(renewed.body)).toContain('CN = device-9')
  })
})

describe('the command line', () => {
  it.each([
    [['--help'], 0, '--data DIR'],
    [['--nonsense'], 1, 'nonsense'],
    [['--http', '99999'], 1, '--http must be a port number'],
    [['--host', 'a b'], 1, '--host must be a host name'],
    [['--database', 'mysql://x'], 1, '--database must be a URL'],
    [['--config', '/nonexistent.json'], 1, 'cannot be read as JSON'],
  ])('%j ends with %i', async (args, code, text) => {
    const result = await runToEnd(args)
    expect(result.code).toBe(code)
    expect(result.output).toContain(text)
  })

  it('tells clients the public name and listens everywhere when --host is one', async () => {
    const other = dataFolder()
    const named = await startProcess(other.path, ['--host', 'pki.example.test'])
    expect(named.https).toMatch(/^https:\/\/pki\.example\.test:\d+$/)
    const { port } = new URL(named.http)
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200)
    await named.stop('SIGTERM')
    other.remove()
  })

  it('names a port that is in use', async () => {
    const other = dataFolder()
    const result = await runToEnd(['--data', other.path, '--http', new URL(platform.http).port, '--https', '0'])
    other.remove()
    expect(result.code).toBe(1)
    expect(result.output).toMatch(/cannot listen on 127\.0\.0\.1/)
  })
})
