import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCrlPublishing, createOrOpenCa } from '@certwright/core/ca'
import { memoryKeys, memoryStore, systemDefaults } from '@certwright/core/defaults'
import type { CrlPublication } from '@certwright/core/ports'
import { CertificateList, createCrlWriter, signedStructure } from '@certwright/core/x509'
import { fileCrlPublisher } from '@certwright/node'
import { runUntilKilled } from '@certwright/testkit'
import { build } from 'esbuild'
import { describe, expect, it, onTestFinished } from 'vitest'

const packages = fileURLToPath(new URL('../..', import.meta.url))
const cache = fileURLToPath(new URL('../../../node_modules/.cache', import.meta.url))
const signal = new AbortController().signal

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'certwright-crl-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

const publication = (given: Partial<CrlPublication> = {}): CrlPublication => ({
  issuer: 'test~own',
  list: 'crl',
  number: 1,
  thisUpdate: new Date(0),
  nextUpdate: new Date(0),
  der: Uint8Array.of(0x30, 0),
  ...given,
})

/** Lists of a CA, the second a large one. */
async function lists(): Promise<readonly [Uint8Array, Uint8Array]> {
  const deps = { ...systemDefaults, store: memoryStore(), keys: memoryKeys() }
  const ca = await createOrOpenCa(deps, { id: 'test~own', subject: 'CN=Test', profile: 'basic-ca-root' })
  const { crl } = await ca.crl()
  const { tbsCertList, signatureAlgorithm, signatureValue } = CertificateList.decode(crl)
  const { issuer, signature, thisUpdate } = tbsCertList.value
  const nextUpdate = new Date(thisUpdate.getTime() + 86_400_000)
  const writer = createCrlWriter({
    issuer,
    signature,
    thisUpdate,
    nextUpdate,
    crlExtensions: tbsCertList.value.crlExtensions ?? [],
  })
  for (let i = 0; i < 50_000; i++) {
    const serial = Uint8Array.of(1, i >> 16, (i >> 8) & 0xff, i & 0xff)
    writer.addRevoked({ serialNumber: serial, revocationDate: thisUpdate })
  }
  return [crl, signedStructure(writer.finish(), signatureAlgorithm, signatureValue.bytes)]
}

describe('CRLs in files', () => {
  it('are where their URLs say, for everybody to read', async () => {
    const dir = join(await folder(), 'made', 'here')
    const before = process.umask(0o077)
    try {
      await fileCrlPublisher({ dir }).publish(publication(), { signal })
      await fileCrlPublisher({ dir, format: 'pem' }).publish(publication({ list: '7-delta-k2' }), { signal })
    } finally {
      process.umask(before)
    }
    expect((await readdir(join(dir, 'test', 'own'))).sort()).toEqual(['7-delta-k2.crl.pem', 'crl.crl'])
    expect((await stat(join(dir, 'test/own/crl.crl'))).mode & 0o777).toBe(0o644)
    expect(await readFile(join(dir, 'test/own/7-delta-k2.crl.pem'), 'utf8')).toMatch(/^-----BEGIN X509 CRL-----\n/)
  })

  it.each([
    { issuer: '../x' },
    { issuer: 'a~..' },
    { issuer: 'a~' },
    { issuer: 'a/b' },
    { issuer: 'a\0b' },
    { list: '.hidden' },
    { list: '../../etc/passwd' },
    { list: 'a\\b' },
    { list: 'x'.repeat(101) },
    { list: '' },
  ])('are not written under %j', async (given) => {
    const dir = await folder()
    const written = fileCrlPublisher({ dir }).publish(publication(given), { signal })
    await expect(written).rejects.toMatchObject({ code: 'publish' })
    expect(await readdir(dir)).toEqual([])
  })

  it('leave nothing behind when they cannot be written', async () => {
    const dir = await folder()
    await mkdir(join(dir, 'test/own/crl.crl/in-the-way'), { recursive: true })
    await expect(fileCrlPublisher({ dir }).publish(publication(), { signal })).rejects.toThrow()
    expect(await readdir(join(dir, 'test/own'))).toEqual(['crl.crl'])
    await writeFile(join(dir, 'file'), '')
    const below = fileCrlPublisher({ dir: join(dir, 'file') }).publish(publication(), { signal })
    await expect(below).rejects.toMatchObject({ code: 'ENOTDIR' })
    expect(() => fileCrlPublisher({ dir: '' })).toThrow(/name one/)
  })

  it('replace what a process that died has left, and nothing that another one may be writing', async () => {
    const dir = await folder()
    const place = join(dir, 'test/own')
    await mkdir(place, { recursive: true })
    for (const name of ['.crl-old.tmp', '.crl-new.tmp', '.other.tmp']) await writeFile(join(place, name), 'x')
    const longAgo = new Date(Date.now() - 2 * 3_600_000)
    for (const name of ['.crl-old.tmp', '.other.tmp']) await utimes(join(place, name), longAgo, longAgo)
    await fileCrlPublisher({ dir }).publish(publication(), { signal })
    expect((await readdir(place)).sort()).toEqual(['.crl-new.tmp', '.other.tmp', 'crl.crl'])
  })

  it('follow a CA through publishing', async () => {
    const dir = await folder()
    const store = memoryStore()
    const publishing = createCrlPublishing({ ...systemDefaults, store }, { publishers: [fileCrlPublisher({ dir })] })
    const deps = { ...systemDefaults, store, keys: memoryKeys(), crlIssued: publishing.crlIssued }
    const ca = await createOrOpenCa(deps, { id: 'test~own', subject: 'CN=Test', profile: 'basic-ca-root' })
    for (const number of [1, 2, 3]) {
      await ca.publishCrl()
      await publishing.idle()
      const path = join(dir, 'test/own/crl.crl')
      const text = execFileSync('openssl', ['crl', '-inform', 'DER', '-in', path, '-noout', '-crlnumber'])
      expect(text.toString()).toBe(`crlNumber=0x0${number}\n`)
    }
    await publishing.close()
  })

  it.each(['der', 'pem'] as const)(
    'are whole, as %s, whenever the process that writes them is killed',
    async (format) => {
      await mkdir(cache, { recursive: true })
      const program = join(await mkdtemp(`${cache}/certwright-test-`), 'crl-writer.mjs')
      onTestFinished(() => rm(join(program, '..'), { recursive: true, force: true }))
      await build({
        entryPoints: [fileURLToPath(new URL('support/crl-writer.ts', import.meta.url))],
        outfile: program,
        bundle: true,
        platform: 'node',
        format: 'esm',
        alias: {
          '@certwright/core/errors': `${packages}/core/src/errors.ts`,
          '@certwright/core/x509': `${packages}/core/src/x509/index.ts`,
        },
      })
      const dir = await folder()
      const paths: string[] = []
      for (const [i, der] of (await lists()).entries()) {
        paths.push(join(dir, `${i}.der`))
        await writeFile(join(dir, `${i}.der`), der)
      }
      const sizes = new Set<number>()
      for (let round = 0; round < (format === 'der' ? 15 : 4); round++) {
        // At the beginning of a line's work, which the kill then meets at different places.
        const last = 2 * (round + 1) + 1
        const { killed, stderr } = await runUntilKilled(program, {
          args: [dir, format, ...paths],
          when: (_, count) => count >= last,
        })
        expect(killed, stderr).toBe(true)
        const path = join(dir, 'test/own', format === 'pem' ? 'crl.crl.pem' : 'crl.crl')
        execFileSync('openssl', ['crl', '-inform', format, '-in', path, '-noout', '-crlnumber'], { stdio: 'pipe' })
        sizes.add((await stat(path)).size)
      }
      expect(sizes.size).toBeLessThanOrEqual(2)
    },
  )
})
