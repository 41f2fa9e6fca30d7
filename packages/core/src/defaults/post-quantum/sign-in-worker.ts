import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { SlhDsaName } from '../../algorithms/index.js'
import { slhDsaExport } from './noble.js'

/** Resolves where we are, not where the program was started. */
const url = (): string => pathToFileURL(createRequire(import.meta.url).resolve('@noble/post-quantum/slh-dsa.js')).href

const code = `
const { parentPort, workerData: { url, name, message, secretKey } } = require('node:worker_threads')
import(url).then((module) => parentPort.postMessage(module[name].sign(message, secretKey)))
`

/**
 * An SLH-DSA signature takes from a tenth of a second to some seconds in JavaScript: it is made in a thread of its own, so
 * that the event loop goes on.
 */
export function signInWorker(name: SlhDsaName, message: Uint8Array, secretKey: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const workerData = { url: url(), name: slhDsaExport(name), message, secretKey }
    const worker = new Worker(code, { eval: true, workerData })
    worker.once('message', (signature: Uint8Array) => resolve(signature))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the signing thread ended early')))
  })
}
