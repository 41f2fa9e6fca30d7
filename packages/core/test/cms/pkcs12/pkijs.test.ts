import { webcrypto } from 'node:crypto'
import { toHex } from '@certwright/core/asn1'
import { decodePkcs12, encodePkcs12 } from '@certwright/core/cms'
import { systemDefaults } from '@certwright/core/defaults'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chain, openChain } from './support.js'

const password = 'password'
const octets = new TextEncoder().encode(password).buffer as ArrayBuffer
const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as never })
const buffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer as ArrayBuffer

let made: Chain
beforeAll(() => {
  made = openChain()
})
afterAll(() => made.work.remove())

const device = () => made.devices[0] ?? { key: made.root, certificate: made.root }
const aes = { name: 'AES-CBC', length: 256 } as unknown as pkijs.ContentEncryptionAesCbcParams
const pbes2 = { password: octets, contentEncryptionAlgorithm: aes, hmacHashAlgorithm: 'SHA-256', iterationCount: 100 }

async function writtenByPkijs(): Promise<Uint8Array> {
  const parsedValue = pkijs.PrivateKeyInfo.fromBER(buffer(device().key))
  const keyBag = new pkijs.PKCS8ShroudedKeyBag({ parsedValue })
  await keyBag.makeInternalValues(pbes2, engine)
  const certificate = pkijs.Certificate.fromBER(buffer(device().certificate))
  const bagAttributes = [
    new pkijs.Attribute({ type: '1.2.840.113549.1.9.20', values: [new asn1js.BmpString({ value: 'from pkijs' })] }),
  ]
  const bags = [
    new pkijs.SafeBag({ bagId: '1.2.840.113549.1.12.10.1.2', bagValue: keyBag, bagAttributes }),
    new pkijs.SafeBag({
      bagId: '1.2.840.113549.1.12.10.1.3',
      bagValue: new pkijs.CertBag({ parsedValue: certificate }),
    }),
  ]
  const value = new pkijs.SafeContents({ safeBags: bags })
  const safe = new pkijs.AuthenticatedSafe({ parsedValue: { safeContents: [{ privacyMode: 1, value }] } })
  await safe.makeInternalValues({ safeContents: [pbes2] }, engine)
  const pfx = new pkijs.PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } })
  const mac = { password: octets, iterations: 100, pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' }
  await pfx.makeInternalValues(mac, engine)
  return new Uint8Array(pfx.toSchema().toBER(false))
}

describe('pkijs', () => {
  it('writes what we read', async () => {
    const { keys } = await decodePkcs12(systemDefaults, await writtenByPkijs(), password)
    expect(keys).toHaveLength(1)
    expect(keys[0]?.friendlyName).toBe('from pkijs')
    expect(toHex(keys[0]?.privateKey ?? new Uint8Array())).toBe(toHex(device().key))
    expect(keys[0]?.certificates).toEqual([device().certificate])
  })

  it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('reads what we write (%s)', async (hash) => {
    const { key, certificate } = device()
    const contents = { keys: [{ privateKey: key, certificates: [certificate, made.issuing, made.root] }] }
    const options = {
      encryption: { derivation: { kind: 'pbkdf2', hash, iterations: 100 } },
      mac: { hash, iterations: 100 },
    } as const
    const file = await encodePkcs12(systemDefaults, contents, password, options)
    const pfx = pkijs.PFX.fromBER(buffer(file))
    await pfx.parseInternalValues({ password: octets, checkIntegrity: true }, engine)
    const safe = pfx.parsedValue?.authenticatedSafe
    await safe?.parseInternalValues({ safeContents: [{ password: octets }, {}] }, engine)
    const [certificates, keys]: { value: pkijs.SafeContents }[] = safe?.parsedValue.safeContents ?? []
    expect(certificates?.value.safeBags).toHaveLength(3)
    const bag = keys?.value.safeBags[0]?.bagValue as unknown as pkijs.PKCS8ShroudedKeyBag
    await (bag as unknown as { parseInternalValues(p: object, e: object): Promise<void> }).parseInternalValues(
      { password: octets },
      engine,
    )
    expect(bag.parsedValue?.privateKeyAlgorithm.algorithmId).toBe('1.2.840.10045.2.1')
  })
})
