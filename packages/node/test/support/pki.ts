import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** PEM key and certificate, with the certificates above it in `chain` (own first, root left out). */
export interface Identity {
  readonly key: string
  readonly cert: string
  readonly chain: string
}

/** A root, an issuing CA and what they certified, all made by openssl in a folder of their own. */
export interface TestPki {
  readonly dir: string
  readonly root: string
  readonly issuing: string
  readonly server: Identity
  readonly otherServer: Identity
  readonly client: Identity
  remove(): Promise<void>
}

const ecKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
const caExtensions = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n'

/** Makes a PKI in a temporary folder: `<name>.key` and `<name>.pem` for root, issuing, server, other and client. */
export async function makeTestPki(): Promise<TestPki> {
  const dir = await mkdtemp(join(tmpdir(), 'certwright-tls-'))
  const file = (name: string): string => join(dir, name)
  const issue = async (name: string, issuer: string, extensions: string): Promise<void> => {
    await run('openssl', [
      'req',
      ...ecKey,
      '-keyout',
      file(`${name}.key`),
      '-out',
      file(`${name}.csr`),
      '-subj',
      `/CN=${name}`,
    ])
    await writeFile(file(`${name}.ext`), extensions)
    const ca = ['-CA', file(`${issuer}.pem`), '-CAkey', file(`${issuer}.key`), '-CAcreateserial']
    const out = ['-days', '2', '-extfile', file(`${name}.ext`), '-out', file(`${name}.pem`)]
    await run('openssl', ['x509', '-req', '-in', file(`${name}.csr`), ...ca, ...out])
  }
  const root = ['req', '-x509', ...ecKey, '-keyout', file('root.key'), '-out', file('root.pem'), '-subj', '/CN=root']
  await run('openssl', [...root, '-days', '2', '-addext', 'basicConstraints=critical,CA:TRUE'])
  await issue('issuing', 'root', caExtensions)
  await issue('server', 'issuing', 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\n')
  await issue('other', 'issuing', 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
  await issue('client', 'issuing', 'keyUsage=critical,digitalSignature\n')
  const issuing = await readFile(file('issuing.pem'), 'utf8')
  const identity = async (name: string): Promise<Identity> => {
    const cert = await readFile(file(`${name}.pem`), 'utf8')
    return { key: await readFile(file(`${name}.key`), 'utf8'), cert, chain: `${cert}${issuing}` }
  }
  return {
    dir,
    root: await readFile(file('root.pem'), 'utf8'),
    issuing,
    server: await identity('server'),
    otherServer: await identity('other'),
    client: await identity('client'),
    remove: () => rm(dir, { recursive: true, force: true }),
  }
}
