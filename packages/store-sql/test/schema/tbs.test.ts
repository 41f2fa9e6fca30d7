import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { foreign, foreignTest } from '@certwright/testkit/foreign'
import { expect, test } from 'vitest'
import { tbsOf } from '../../src/schema/tbs.js'
import { temporaryDirectory } from '../support/files.js'

const openssl = foreign('openssl', { debianPackage: 'openssl' })

foreignTest([openssl], 'the TBSCertificate of a real certificate', async () => {
  const file = join(await temporaryDirectory(), 'tbs')
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-subj',
    '/CN=x',
  ]
  const { stdout: der } = await openssl.run([...request, '-keyout', '/dev/null', '-outform', 'DER'])
  await openssl.run(['asn1parse', '-inform', 'DER', '-strparse', '4', '-noout', '-out', file], { input: der })
  expect(tbsOf(der)).toEqual(new Uint8Array(await readFile(file)))
})

test.each([
  ['nothing', []],
  ['one octet', [0x30]],
  ['not a SEQUENCE', [0x31, 0x02, 0x30, 0x00]],
  ['an empty SEQUENCE', [0x30, 0x00]],
  ['no SEQUENCE inside', [0x30, 0x02, 0x05, 0x00]],
  ['indefinite length', [0x30, 0x80, 0x30, 0x00, 0x00, 0x00]],
  ['a length of five octets', [0x30, 0x85, 1, 0, 0, 0, 0, 0x30, 0x00]],
  ['content beyond the end', [0x30, 0x04, 0x30, 0x05, 0x01]],
  ['length octets beyond the end', [0x30, 0x84]],
])('no TBSCertificate: %s', (_, octets) => {
  expect(tbsOf(new Uint8Array(octets))).toBeUndefined()
})
