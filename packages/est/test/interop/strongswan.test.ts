import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { foreign, foreignTest } from '@certwright/testkit/foreign'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { serveEst } from './served.js'

const pki = foreign('pki', { debianPackage: 'strongswan-pki' })
const openssl = foreign('openssl', { debianPackage: 'openssl' })
const tools = [pki, openssl]

let est: Awaited<ReturnType<typeof serveEst>>
beforeAll(async () => {
  est = await serveEst()
})
afterAll(() => est.stop())

const cacerts = ['--cacert', 'tls-root.pem', '--cacert', 'root.pem', '--cacert', 'issuing.pem']

async function request(name: string, type: string, dn: string): Promise<void> {
  const write = async (file: string, args: readonly string[]): Promise<void> =>
    writeFile(join(est.dir, file), (await pki.run(args, { cwd: est.dir })).stdout)
  await write(`${name}.key`, ['--gen', '--type', type, '--size', type === 'rsa' ? '2048' : '256'])
  await write(`${name}.csr`, ['--req', '--type', type, '--in', `${name}.key`, '--dn', dn, '--san', `${name}.example`])
}

async function enroll(name: string, args: readonly string[]): Promise<void> {
  const out = ['--in', `${name}.csr`, ...cacerts, '--outform', 'der']
  const { stdout } = await pki.run(['--est', '--url', est.url, ...out, ...args], { cwd: est.dir })
  await writeFile(join(est.dir, `${name}.crt`), stdout)
}

async function verify(name: string): Promise<string> {
  const chain = ['-CAfile', 'root.pem', '-untrusted', 'issuing.pem']
  return (await openssl.run(['verify', ...chain, `${name}.crt`], { cwd: est.dir })).text
}

describe('strongSwan pki', () => {
  foreignTest(tools, 'gets the CA certificates', async () => {
    const args = ['--url', est.url, '--cacert', 'tls-root.pem', '--caout', 'ca.pem', '--outform', 'pem']
    await pki.run(['--estca', ...args], { cwd: est.dir })
    expect(await readFile(join(est.dir, 'ca.pem'), 'utf8')).toBe(await readFile(join(est.dir, 'root.pem'), 'utf8'))
    expect(await readFile(join(est.dir, 'ca-1.pem'), 'utf8')).toBe(await readFile(join(est.dir, 'issuing.pem'), 'utf8'))
  })

  for (const type of ['ecdsa', 'rsa']) {
    foreignTest(tools, `enrolls an ${type} key with a password and renews with the certificate`, async () => {
      await request(type, type, `CN=${type}, O=strongSwan`)
      await enroll(type, ['--userpass', est.userPass])
      expect(await verify(type)).toBe(`${type}.crt: OK\n`)
      const first = await readFile(join(est.dir, `${type}.crt`))
      await writeFile(join(est.dir, 'old.crt'), first)
      await enroll(type, ['--cert', 'old.crt', '--key', `${type}.key`])
      expect(await verify(type)).toBe(`${type}.crt: OK\n`)
      expect(await readFile(join(est.dir, `${type}.crt`))).not.toEqual(first)
    })
  }

  foreignTest(tools, 'is refused with a wrong password', async () => {
    await request('wrong', 'ecdsa', 'CN=wrong')
    await expect(enroll('wrong', ['--userpass', 'line-3:wrong'])).rejects.toThrow(/HTTP 401/)
  })
})
