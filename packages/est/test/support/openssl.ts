import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs `work` in a folder that is gone afterwards. */
export async function inFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'certwright-est-'))
  try {
    return await work(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Runs a program in a folder and returns what it prints; rejects when it fails. */
export async function runIn(dir: string, program: string, args: readonly string[]): Promise<string> {
  return (await run(program, [...args], { cwd: dir, encoding: 'utf8' })).stdout
}

/** A certification request with its key. */
export interface TestRequest {
  readonly der: Uint8Array
  readonly pem: string
  /** PEM private key. */
  readonly key: string
}

const p256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']

/** An openssl config for a request for `CN=device-1` with one attribute, by a name openssl knows or by its OID. */
export function configWithAttribute(attribute: string, value: string): string {
  const isOid = /^[\d.]+$/.test(attribute)
  return [
    ...(isOid ? ['oid_section = oids', '[oids]', `anAttribute = ${attribute}`] : []),
    '[req]',
    'prompt = no',
    'distinguished_name = dn',
    'attributes = attributes',
    '[dn]',
    'CN = device-1',
    '[attributes]',
    `${isOid ? 'anAttribute' : attribute} = ${value}`,
    '',
  ].join('\n')
}

/** Has openssl make a key and a certification request. */
export function makeRequest(
  subject = '/CN=device-1',
  {
    newkey = p256,
    extra = [],
    config,
  }: { newkey?: readonly string[]; extra?: readonly string[]; config?: string } = {},
): Promise<TestRequest> {
  return inFolder(async (dir) => {
    const args = ['req', '-new', ...newkey, '-nodes', '-keyout', 'k.pem', '-out', 'c.pem', ...extra]
    if (config === undefined) args.push('-subj', subject)
    else {
      // A config brings its own subject: with -subj, openssl leaves out the attributes.
      await writeFile(join(dir, 'openssl.cnf'), config)
      args.push('-config', 'openssl.cnf')
    }
    await runIn(dir, 'openssl', args)
    await runIn(dir, 'openssl', ['req', '-in', 'c.pem', '-outform', 'DER', '-out', 'c.der'])
    return {
      der: new Uint8Array(await readFile(join(dir, 'c.der'))),
      pem: await readFile(join(dir, 'c.pem'), 'utf8'),
      key: await readFile(join(dir, 'k.pem'), 'utf8'),
    }
  })
}
