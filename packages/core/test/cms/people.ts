import { createPrivateKey } from 'node:crypto'
import { openPrivateKey, type PrivateKey } from '@certwright/core/defaults'
import { openWorkspace, type Workspace } from '../x509/openssl.js'

/** Arguments of `openssl req -newkey` by a name for files. */
export const keyKinds = {
  p256: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  p521: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  rsa: ['rsa:2048'],
  ed25519: ['ed25519'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type KeyKind = keyof typeof keyKinds

/** Somebody with a key and a self-signed certificate, both also in files `NAME.key` and `NAME.pem`. */
export interface Person {
  readonly name: string
  readonly key: PrivateKey
  /** DER Certificate. */
  readonly certificate: Uint8Array
}

/** A folder for openssl in which there are people. */
export interface People extends Workspace {
  readonly person: (kind: KeyKind, name?: string) => Promise<Person>
}

export function openPeople(): People {
  const work = openWorkspace()
  const person = async (kind: KeyKind, name: string = kind): Promise<Person> => {
    const [newkey, ...options] = keyKinds[kind]
    work.openssl(
      ...['req', '-x509', '-newkey', newkey, ...options, '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`],
      ...['-subj', `/CN=${name}/O=Acme`, '-addext', 'keyUsage=critical,digitalSignature,keyEncipherment,keyAgreement'],
    )
    work.openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
    const pkcs8 = createPrivateKey(Buffer.from(work.read(`${name}.key`))).export({ format: 'der', type: 'pkcs8' })
    return { name, key: await openPrivateKey(new Uint8Array(pkcs8)), certificate: work.read(`${name}.der`) }
  }
  return { ...work, person }
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
