import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodePem } from '@certwright/core/x509'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { opensslRequest } from '../../../packages/core/test/support/openssl.js'
import { orderOf } from '../../../packages/core/test/support/world.js'
import { type Platform, startPlatform } from '../src/platform.js'

const request = opensslRequest('p256', '/CN=device-1')
const logger = { debug() {}, info() {}, warn() {}, error() {} }
const by = { actor: 'operator', requestId: 'revocation-1' }

let folder: string
let running: Platform[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certwright-platform-'))
  running = []
})
afterEach(async () => {
  for (const platform of running) await platform.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A platform in this process, which publishes into a folder. */
async function start(crlDir: string): Promise<Platform> {
  const options = { data: join(folder, 'data'), host: 'localhost', http: 0, https: 0, crlDir }
  const platform = await startPlatform(options, { logger, env: {} })
  running.push(platform)
  return platform
}

const listOf = (crlDir: string, ca: string, list = 'crl'): string => join(crlDir, 'demo', ca, `${list}.crl`)

/** Waits for a file to be there, and to be as it should be. */
function appears(path: string, isRight: (content: Buffer) => boolean = () => true): Promise<void> {
  const place = join(path, '..')
  mkdirSync(place, { recursive: true })
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (!existsSync(path) || !isRight(readFileSync(path))) return
      watcher.close()
      resolve()
    }
    const watcher = watch(place, look)
    watcher.on('error', reject)
    look()
  })
}

/** The metrics, as soon as there is such a line. */
async function metricsWith({ urls }: Platform, line: RegExp): Promise<string> {
  for (;;) {
    const text = await (await fetch(`${urls.http}/metrics`)).text()
    if (line.test(text)) return text
  }
}

/** What openssl says of a certificate under the trust anchor, with the lists that are in the folder. */
function verify({ files }: Platform, crlDir: string, certificate: Uint8Array): string {
  writeFileSync(join(folder, 'leaf.pem'), encodePem('CERTIFICATE', certificate))
  const lists = ['root', 'issuing'].map((ca) =>
    execFileSync('openssl', ['crl', '-inform', 'DER', '-in', listOf(crlDir, ca)], { encoding: 'utf8' }),
  )
  writeFileSync(join(folder, 'lists.pem'), lists.join(''))
  const args = ['-x509_strict', '-crl_check', '-crl_check_all', '-CRLfile', 'lists.pem', '-CAfile', files.trustAnchor]
  try {
    return execFileSync('openssl', ['verify', ...args, 'leaf.pem'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    return String((error as { readonly stderr?: unknown }).stderr)
  }
}

describe('--crl-dir', () => {
  it('has every list as a file by itself, which a revocation replaces', async () => {
    const crlDir = join(folder, 'lists')
    const platform = await start(crlDir)
    for (const ca of ['root', 'issuing']) {
      for (const list of ['crl', 'delta']) await appears(listOf(crlDir, ca, list))
    }
    const { issuing } = platform.authorities
    const { certificate, record } = await issuing.order(orderOf(request, 'a'))
    expect(verify(platform, crlDir, certificate)).toBe('leaf.pem: OK\n')
    const before = readFileSync(listOf(crlDir, 'issuing'))
    await issuing.changeStatus(record.serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    await appears(listOf(crlDir, 'issuing'), (content) => !content.equals(before))
    expect(verify(platform, crlDir, certificate)).toContain('certificate revoked')
    // It is the list that the platform serves.
    const served = await fetch(`${platform.urls.http}/crl/demo/issuing/crl.crl`)
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(new Uint8Array(readFileSync(listOf(crlDir, 'issuing'))))
  })

  it('shows in the metrics what was published, and for how long lists are good', async () => {
    const crlDir = join(folder, 'lists')
    const platform = await start(crlDir)
    for (const ca of ['root', 'issuing']) {
      for (const list of ['crl', 'delta']) await appears(listOf(crlDir, ca, list))
    }
    const line = /^certwright_crl_published_total\{publisher="file",issuer="demo~issuing",list="delta"\} [1-9]/m
    const text = await metricsWith(platform, line)
    const left = /certwright_crl_next_update_seconds\{issuer="demo~issuing",list="crl"\} (\d+)/.exec(text)
    expect(Number(left?.[1])).toBeGreaterThan(167 * 3600)
    expect(text).not.toMatch(/certwright_crl_failures_total\{/)
  })

  it('puts back at the next start what was lost in between', async () => {
    const crlDir = join(folder, 'lists')
    await start(crlDir)
    await appears(listOf(crlDir, 'issuing'))
    await running.pop()?.close()
    rmSync(crlDir, { recursive: true })
    await start(crlDir)
    await appears(listOf(crlDir, 'root'))
    await appears(listOf(crlDir, 'issuing'))
  })

  it('keeps a platform from nothing when the folder cannot be written', async () => {
    const crlDir = join(folder, 'not-a-folder')
    writeFileSync(crlDir, '')
    const platform = await start(crlDir)
    const { issuing } = platform.authorities
    const { record } = await issuing.order(orderOf(request, 'a'))
    await issuing.changeStatus(record.serial, { to: 'revoked', reason: 'superseded' }, by)
    expect((await fetch(`${platform.urls.http}/crl/demo/issuing/crl.crl`)).status).toBe(200)
    expect((await fetch(`${platform.urls.http}/health/ready`)).status).toBe(200)
    await metricsWith(platform, /^certwright_crl_publication_failures_total\{publisher="file".*\} [1-9]/m)
  })
})
