import { spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { bytesResponse, type Handler } from '@certwright/core/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, serve } from '../src/index.js'
import { makeTestPki, type TestPki } from './support/pki.js'
import { openTls } from './support/raw.js'

const tellChain: Handler = async (_, peer) => {
  const told = {
    secure: peer.secure,
    chain: peer.clientCertificates.map((der) => new X509Certificate(der).subject),
    plain: peer.clientCertificates.every((der) => der.constructor === Uint8Array),
  }
  return bytesResponse(200, 'application/json', new TextEncoder().encode(JSON.stringify(told)))
}

let pki: TestPki
let server: RunningServer
beforeAll(async () => {
  pki = await makeTestPki()
  server = await serve(tellChain, { tls: { key: pki.server.key, cert: pki.server.chain } })
})
afterAll(async () => {
  await server.close({ graceMs: 0 })
  await pki.remove()
})

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
const body = (text: string): unknown => JSON.parse(text.slice(text.lastIndexOf('\r\n\r\n{')))

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('client certificates over %s', (version) => {
  const options = () => ({ ca: pki.root, minVersion: version, maxVersion: version }) as const

  async function ask(more: object): Promise<unknown> {
    const client = openTls(server.port, { ...options(), ...more })
    client.socket.write(get)
    const text = await client.until(/\}$/)
    client.socket.destroy()
    return body(text)
  }

  it('captures the presented chain, leaf first', async () => {
    const answer = await ask({ key: pki.client.key, cert: pki.client.chain })
    expect(answer).toEqual({ secure: true, plain: true, chain: ['CN=client', 'CN=issuing'] })
  })

  it('captures a chain that includes the self-signed root without going in circles', async () => {
    const answer = await ask({ key: pki.client.key, cert: pki.client.chain + pki.root })
    expect(answer).toMatchObject({ chain: ['CN=client', 'CN=issuing', 'CN=root'] })
  })

  it('accepts a client without a certificate', async () => {
    expect(await ask({})).toEqual({ secure: true, plain: true, chain: [] })
  })

  it('never resumes a session, so no identity outlives its connection', async () => {
    const sessions: Buffer[] = []
    const first = openTls(server.port, { ...options(), key: pki.client.key, cert: pki.client.chain })
    first.socket.on('session', (session) => sessions.push(session))
    first.socket.write(get)
    await first.until(/\}$/)
    first.socket.destroy()
    const session = sessions.at(-1) ?? first.socket.getSession()
    const second = openTls(server.port, { ...options(), ...(session === undefined ? {} : { session }) })
    second.socket.write(get)
    const text = await second.until(/\}$/)
    expect(second.socket.isSessionReused()).toBe(false)
    expect(body(text)).toMatchObject({ chain: [] })
    second.socket.destroy()
  })
})

describe('TLS', () => {
  it('keeps the identity for every request of a connection', async () => {
    const client = openTls(server.port, { ca: pki.root, key: pki.client.key, cert: pki.client.chain })
    client.socket.write(get)
    await client.until(/\}$/)
    client.socket.write(get)
    await client.until(/\}[\s\S]*\}$/)
    expect(client.text().match(/CN=client/g)).toHaveLength(2)
    client.socket.destroy()
  })

  it('refuses renegotiation, which could change the certificate of a connection', async () => {
    const args = ['s_client', '-connect', `127.0.0.1:${server.port}`, '-tls1_2', '-CAfile', join(pki.dir, 'root.pem')]
    const client = spawn('openssl', args)
    let output = ''
    const ended = new Promise((resolve) => client.on('close', resolve))
    const ready = new Promise<void>((resolve) => {
      const collect = (chunk: Buffer): void => {
        output += chunk.toString()
        if (output.includes('Verify return code')) resolve()
      }
      client.stdout.on('data', collect)
      client.stderr.on('data', collect)
    })
    await ready
    client.stdin.write('R\n')
    await ended
    expect(output).toMatch(/no renegotiation/i)
  })

  it('offers nothing below TLS 1.2', async () => {
    const options = { ca: pki.root, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const
    const { socket } = openTls(server.port, options)
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve))
    expect(error.message).toMatch(/protocol version|alert/i)
  })

  it('refuses a client that cannot prove the key of its certificate', async () => {
    // TLS libraries refuse to be configured like this; a wrong key of the same type gets as far as CertificateVerify.
    const cert = join(pki.dir, 'client.pem')
    const key = join(pki.dir, 'server.key')
    const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${server.port}`, '-cert', cert, '-key', key])
    client.stdin.end(get)
    const status = await new Promise((resolve) => client.on('close', resolve))
    expect(status).not.toBe(0)
  })

  it('survives a client that speaks no TLS, and one that leaves in the handshake', async () => {
    const { openRaw } = await import('./support/raw.js')
    const plain = openRaw(server.port)
    plain.socket.write('GET / HTTP/1.1\r\n\r\n')
    await plain.closed
    const leaver = openRaw(server.port)
    await new Promise((resolve) => leaver.socket.once('connect', resolve))
    leaver.socket.destroy()
    await leaver.closed
    const client = openTls(server.port, { ca: pki.root })
    client.socket.write(get)
    await client.until(/\}$/)
    client.socket.destroy()
  })

  it('sends the names of the client CAs it is given', async () => {
    const named = await serve(tellChain, {
      tls: { key: pki.server.key, cert: pki.server.chain, clientCertificateAuthorities: pki.issuing },
    })
    const client = spawn('openssl', [
      's_client',
      '-connect',
      `127.0.0.1:${named.port}`,
      '-CAfile',
      join(pki.dir, 'root.pem'),
    ])
    client.stdin.end()
    let output = ''
    client.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    await new Promise((resolve) => client.on('close', resolve))
    await named.close({ graceMs: 0 })
    expect(output).toMatch(/Acceptable client certificate CA names\nCN = issuing\n/)
  })
})
