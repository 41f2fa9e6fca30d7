import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Pkcs12Options } from '@certwright/core/cms'
import { openWorkspace, type Workspace } from '../../x509/openssl.js'

/** Few iterations, for tests that are not about them. */
export const quick: Pkcs12Options = {
  encryption: { derivation: { kind: 'pbkdf2', iterations: 10 } },
  mac: { iterations: 10 },
}

/** A root, an issuing CA, and two devices under it, made by openssl. */
export interface Chain {
  readonly work: Workspace
  readonly root: Uint8Array
  readonly issuing: Uint8Array
  readonly devices: readonly { readonly key: Uint8Array; readonly certificate: Uint8Array }[]
}

const der = (pem: Uint8Array): Uint8Array => new Uint8Array(new X509Certificate(pem).raw)
const pkcs8 = (pem: Uint8Array): Uint8Array =>
  new Uint8Array(createPrivateKey(Buffer.from(pem)).export({ format: 'der', type: 'pkcs8' }))

/** Files `root`, `issuing`, `device1` (P-256) and `device2` (RSA), each with `.key` and `.pem`; `chain.pem` has the CAs. */
export function openChain(): Chain {
  const work = openWorkspace()
  const make = (name: string, issuer: string | undefined, key: readonly string[], ca: boolean) => {
    const basic = ['-addext', `basicConstraints=critical,CA:${ca}`]
    const under = issuer === undefined ? [] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`]
    const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
    work.openssl(
      'req',
      '-x509',
      '-nodes',
      ...key,
      '-subj',
      `/CN=${name}`,
      '-days',
      '3650',
      ...basic,
      ...under,
      ...files,
    )
  }
  const p256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  make('root', undefined, p256, true)
  make('issuing', 'root', p256, true)
  make('device1', 'issuing', p256, false)
  make('device2', 'issuing', ['-newkey', 'rsa:2048'], false)
  work.write('chain.pem', Buffer.concat([work.read('issuing.pem'), work.read('root.pem')]))
  const devices = ['device1', 'device2'].map((name) => ({
    key: pkcs8(work.read(`${name}.key`)),
    certificate: der(work.read(`${name}.pem`)),
  }))
  return { work, root: der(work.read('root.pem')), issuing: der(work.read('issuing.pem')), devices }
}
