import { readFileSync, writeSync } from 'node:fs'
import { fileCrlPublisher } from '../../src/file-crl-publisher.js'

/** Writes two lists in turn for ever, and prints a line before and after each. To be killed. */
const [dir = '', format = '', ...lists] = process.argv.slice(2)
const publisher = fileCrlPublisher({ dir, format: format === 'pem' ? 'pem' : 'der' })
const ders = lists.map((path) => new Uint8Array(readFileSync(path)))
const { signal } = new AbortController()
for (let number = 1; ; number++) {
  const der = ders[number % ders.length] ?? new Uint8Array()
  const times = { thisUpdate: new Date(0), nextUpdate: new Date(0) }
  writeSync(1, `begin ${number}\n`)
  await publisher.publish({ issuer: 'test~own', list: 'crl', number, der, ...times }, { signal })
  writeSync(1, `end ${number}\n`)
}
