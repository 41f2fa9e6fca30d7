import { existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CaDeps,
  type CaOptions,
  type CertificateOrder,
  createCertificateLife,
  createOrOpenCa,
  rollOverCa,
} from '@certwright/core/ca'
import { createHttpCtLog } from '@certwright/core/ct'
import { softwareKeys, systemDefaults, systemWait } from '@certwright/core/defaults'
import type { KeyProvider, Signer } from '@certwright/core/ports'
import { parseName } from '@certwright/core/x509'
import { sqliteStore } from '../../src/sqlite/sqlite-store.js'

/**
 * Does one thing with a CA in a folder, and kills itself before or after the call of a port that has the number `step`. With
 * the step 0 it lives, and does the same twice, as one does who got no answer. Prints what it handed out each time.
 */
const [folder = '', scenario = '', step = '0'] = process.argv.slice(2)

let armed = false
let count = 0

/** Each call of a port is two moments at which the power may fail: before it and after it. */
function moment(): void {
  if (!armed || ++count !== Number(step)) return
  process.kill(process.pid, 'SIGKILL')
  for (;;); // the signal is on its way
}

/** The same port with moments around the methods named. */
function watched<T extends object>(port: T, methods: readonly (keyof T & string)[]): T {
  const around =
    (method: unknown) =>
    async (...args: readonly unknown[]): Promise<unknown> => {
      if (typeof method !== 'function') throw new TypeError('a port has methods')
      moment()
      const result: unknown = await method.apply(port, args)
      moment()
      return result
    }
  return { ...port, ...Object.fromEntries(methods.map((name) => [name, around(port[name])])) }
}

function watchedKeys(keys: KeyProvider): KeyProvider {
  const sign = (signer: Signer): Signer => ({
    ...signer,
    sign: async (bytes) => {
      moment()
      const signature = await signer.sign(bytes)
      moment()
      return signature
    },
  })
  return {
    ...keys,
    generate: async (...given) => {
      moment()
      const signer = await keys.generate(...given)
      moment()
      return sign(signer)
    },
    open: async (id) => {
      const signer = await keys.open(id)
      return signer && sign(signer)
    },
  }
}

const store = await sqliteStore(join(folder, 'pki.db'))
const { certificates, records, audit } = store
const writes = ['reserve', 'precertify', 'amend', 'complete', 'changeStatus', 'reserveCrl', 'addCrl'] as const
const deps: CaDeps = {
  ...systemDefaults,
  store: {
    certificates: watched(certificates, writes),
    records: watched(records, ['put']),
    audit: watched(audit, ['record']),
  },
  keys: watchedKeys(softwareKeys({ dir: join(folder, 'keys'), passphrase: 'a passphrase for tests' })),
}
const by = { actor: 'operator', requestId: scenario }
const url = (ca: string) => ({ crl: [`http://pki.example/${ca}/{list}.crl`] })
const order = (requestId: string): CertificateOrder => ({
  requestId,
  profile: 'est-digital-signature',
  requester: 'test',
  publicKey: readFileSync(join(folder, 'device.spki')),
  subject: parseName(`CN=${requestId}`),
  extensions: [],
})

if (scenario === 'open') armed = true
const root = await createOrOpenCa(deps, {
  id: 'test~root',
  subject: 'CN=Root',
  profile: 'basic-ca-root',
  profiles: ['basic-ca-subord'],
  issueIntermediates: true,
  urls: url('root'),
})
const openLog = ({ url, publicKey }: { readonly url: string; readonly publicKey: string }) =>
  createHttpCtLog({ ...systemDefaults, wait: systemWait }, { url, publicKey: Buffer.from(publicKey, 'base64') })

/** The log that the parent runs, where it does. */
const logFile = join(folder, 'log.json')
const log = existsSync(logFile) ? JSON.parse(readFileSync(logFile, 'utf8')) : undefined
const transparency: Pick<CaOptions, 'ct' | 'profiles'> =
  log === undefined
    ? {}
    : {
        profiles: [
          'est-digital-signature',
          { extends: 'est-digital-signature', id: 'logged', transparency: 'required' },
        ],
        ct: {
          logs: [watched(await openLog(log), ['addPreChain'])],
          policy: { scts: 1 },
        },
      }
const options: CaOptions = {
  ...transparency,
  id: 'test~issuing',
  subject: 'CN=Issuing',
  profile: 'basic-ca-subord',
  issuer: root,
  urls: url('issuing'),
  crl: { intervalHours: 24, validityHours: 168, delta: { intervalHours: 1, validityHours: 24 } },
}
const ca = await createOrOpenCa(deps, options)
const device = () => readFileSync(join(folder, 'device.serial'), 'utf8')
armed = true

const scenarios: Readonly<Record<string, () => Promise<string>>> = {
  prepare: async () => {
    const { record } = await ca.order(order('device'))
    writeFileSync(join(folder, 'device.serial'), record.serial)
    return `${(await ca.publishCrl()).number}`
  },
  open: async () => ca.id,
  logged: async () => (await ca.order({ ...order('logged'), profile: 'logged' })).record.fingerprint ?? '',
  issue: async () => (await ca.order(order('another'))).record.fingerprint ?? '',
  replace: async () => (await createCertificateLife(deps, ca).replace(device(), by)).record.fingerprint ?? '',
  revoke: async () =>
    (await ca.changeStatus(device(), { to: 'revoked', reason: 'keyCompromise' }, by)).revocationReason ?? '',
  lists: async () => `${(await ca.publishCrl()).number}`,
  rollover: async () => Buffer.from((await rollOverCa(deps, options, by)).certificate).toString('hex'),
}
for (const _ of step === '0' ? [1, 2] : [1]) writeSync(1, `${await scenarios[scenario]?.()}\n`)
process.exit(0)
