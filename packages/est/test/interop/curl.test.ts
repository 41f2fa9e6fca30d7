import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { foreign, foreignTest } from '@certwright/testkit/foreign'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { serveEst } from './served.js'

const curl = foreign('curl', { debianPackage: 'curl' })
const openssl = foreign('openssl', { debianPackage: 'openssl' })
const tools = [curl, openssl]

let est: Awaited<ReturnType<typeof serveEst>>
beforeAll(async () => {
  est = await serveEst()
})
afterAll(() => est.stop())

const path = (name: string): string => join(est.dir, name)
const run = (args: readonly string[]): Promise<string> => openssl.run(args, { cwd: est.dir }).then(({ text }) => text)
const operationUrl = (operation: string): string => `${est.url}/.well-known/est/${operation}`

/** Runs curl with the trust anchor, writes the body to `answer`, and gives the status. */
async function ask(operation: string, args: readonly string[]): Promise<number> {
  const common = ['-sS', '--cacert', 'tls-root.pem', '-o', 'answer', '-D', 'fields', '-w', '%{http_code}']
  return Number((await curl.run([...common, ...args, operationUrl(operation)], { cwd: est.dir })).text)
}

/** Turns `answer` into `<name>.pem` the way people do by hand. */
async function unpack(name: string, decoder: readonly string[] = ['base64', '-d']): Promise<void> {
  await run([...decoder, '-in', 'answer', '-out', 'answer.der'])
  await run(['pkcs7', '-inform', 'DER', '-in', 'answer.der', '-print_certs', '-out', `${name}.pem`])
}

async function request(name: string, key: readonly string[], subject: string): Promise<void> {
  const out = ['-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject]
  await run(['req', '-new', '-newkey', ...key, ...out])
}

const p256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
const pkcs10 = ['-H', 'Content-Type: application/pkcs10']
const verify = ['verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem']

describe('curl and openssl', () => {
  foreignTest(tools, 'get the CA certificates without a password', async () => {
    for (const operation of ['cacerts', 'acme/IOT_1/cacerts']) {
      expect(await ask(operation, [])).toBe(200)
      await unpack('cas')
      expect(await readFile(path('cas.pem'), 'utf8')).toMatch(/CN = Test (Issuing|Root)[\s\S]*CN = Test (Issuing|Root)/)
    }
    expect(await ask('cacerts', ['--head'])).toBe(200)
  })

  foreignTest(tools, 'enroll with a password, in every body form and for every key type', async () => {
    const keys = {
      ec: p256,
      rsa: ['rsa:2048'],
      p384: ['ec', '-pkeyopt', 'ec_paramgen_curve:secp384r1'],
    }
    for (const [name, key] of Object.entries(keys)) {
      await request(name, key, `/CN=${name}`)
      await run(['req', '-in', `${name}.csr`, '-outform', 'DER', '-out', `${name}.der`])
      await run(['base64', '-in', `${name}.der`, '-out', `${name}.b64`])
      const bodies = [
        `--data-binary @${name}.csr`,
        `--data-binary @${name}.der`,
        `--data-binary @${name}.b64`,
        `-d @${name}.csr`,
      ]
      for (const body of bodies) {
        expect(await ask('simpleenroll', ['-u', est.userPass, ...pkcs10, ...body.split(' ')])).toBe(200)
        for (const decoder of [
          ['base64', '-d'],
          ['base64', '-d', '-A'],
        ]) {
          await unpack(name, decoder)
          expect(await run([...verify, `${name}.pem`])).toBe(`${name}.pem: OK\n`)
        }
      }
    }
  })

  foreignTest(tools, 'probe first and send the password when they are asked (--anyauth)', async () => {
    await request('probe', p256, '/CN=probe')
    const args = ['--anyauth', '-u', est.userPass, ...pkcs10, '--data-binary', '@probe.csr']
    expect(await ask('simpleenroll', args)).toBe(200)
    expect(await readFile(path('fields'), 'utf8')).toMatch(
      / 401 [\s\S]*www-authenticate: Basic realm="EST", charset="UTF-8"[\s\S]* 200 /i,
    )
  })

  foreignTest(tools, 'renew with the certificate as TLS client, without a password', async () => {
    await request('device', p256, '/CN=device-1')
    const body = [...pkcs10, '--data-binary', '@device.csr']
    expect(await ask('simpleenroll', ['-u', est.userPass, ...body])).toBe(200)
    await unpack('device')
    for (const version of [['--tls-max', '1.2'], ['--tlsv1.3']]) {
      const identity = ['--cert', 'device.pem', '--key', 'device.key', ...version]
      expect(await ask('simplereenroll', [...identity, ...body])).toBe(200)
      await unpack('renewed')
      expect(await run([...verify, 'renewed.pem'])).toBe('renewed.pem: OK\n')
    }
    const [a, b] = await Promise.all(
      ['device', 'renewed'].map((name) => run(['x509', '-in', `${name}.pem`, '-noout', '-serial'])),
    )
    expect(a).not.toBe(b)
  })

  foreignTest(tools, 'see why they are refused', async () => {
    await request('bad', p256, '/CN=bad')
    await writeFile(path('big'), Buffer.alloc(5_000_000, 'A'))
    const body = ['--data-binary', '@bad.csr']
    const told = async (): Promise<string> => readFile(path('answer'), 'utf8')
    expect(await ask('simpleenroll', ['-u', 'line-3:wrong', ...pkcs10, ...body])).toBe(401)
    expect(await told()).toMatch(/not accepted/)
    expect(await ask('simpleenroll', ['-u', est.userPass, ...body])).toBe(415)
    expect(await told()).toMatch(/Content-Type: application\/pkcs10/)
    expect(await ask('simpleenroll', ['-u', est.userPass, ...pkcs10, '--data-binary', '@big'])).toBe(413)
    expect(await told()).toMatch(/larger than the limit/)
    expect(await ask('simpleenroll', ['-u', 'line-3:wrong', ...pkcs10, '--data-binary', '@big'])).toBe(401)
    expect(await ask('nobody/simpleenroll', ['-u', est.userPass, ...pkcs10, ...body])).toBe(404)
  })
})
