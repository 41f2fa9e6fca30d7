/**
 * `npm run fuzz -- [decoder] [seconds] [--seed N]` feeds mutations of real messages to one decoder or, by turns, to all:
 * those that the packages list in `test/fuzz/targets.ts`. An input that breaks a decoder's promise, hangs it or exhausts
 * its memory lands in `test/fuzz/crashes/DECODER/`, where a test replays it. Default: 60 seconds in all.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { bundle } from './lib/bundle.mjs'
import { root } from './lib/root.mjs'

/** @typedef {{ name: string, folder: string, file: string }} Decoder */

const maxInput = 1 << 20
const stalledAfter = 10_000

/** @returns {Promise<Decoder[]>} */
async function findDecoders() {
  const decoders = []
  for (const name of readdirSync(join(root, 'packages'))) {
    const folder = `packages/${name}/test/fuzz`
    if (!existsSync(join(root, folder, 'targets.ts'))) continue
    const file = pathToFileURL(await bundle(`${folder}/targets.ts`)).href
    const { targets } = await import(file)
    for (const target of Object.keys(targets)) decoders.push({ name: target, folder, file })
  }
  return decoders
}

/**
 * @param {Decoder} decoder
 * @param {Uint8Array} input
 * @param {string} reason
 */
function report({ name, folder }, input, reason) {
  const place = join(folder, 'crashes', name)
  mkdirSync(join(root, place), { recursive: true })
  const file = join(place, `${createHash('sha256').update(input).digest('hex').slice(0, 16)}.bin`)
  writeFileSync(join(root, file), input)
  console.error(`${name}: ${reason}\n  written to ${file}`)
}

/**
 * @param {Decoder} decoder
 * @param {number} milliseconds
 * @param {number} seed
 * @returns {Promise<{ inputs: number, crashes: number }>}
 */
function fuzz(decoder, milliseconds, seed) {
  const shared = new SharedArrayBuffer(8 + maxInput)
  const state = new Int32Array(shared, 0, 2)
  const current = () => Uint8Array.from(new Uint8Array(shared, 8, state[1]))
  const workerData = { file: decoder.file, decoder: decoder.name, milliseconds, seed, shared }
  const worker = new Worker(new URL('./lib/fuzz-worker.mjs', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  return new Promise((resolve) => {
    let crashes = 0
    let last = -1
    const stop = () => {
      clearInterval(watch)
      void worker.terminate()
      resolve({ inputs: state[0] ?? 0, crashes })
    }
    const fail = (/** @type {string} */ reason) => {
      crashes++
      report(decoder, current(), reason)
      stop()
    }
    const watch = setInterval(() => {
      if (state[0] === last) fail(`no answer in ${stalledAfter} ms`)
      last = state[0] ?? 0
    }, stalledAfter)
    worker.on('error', (error) => fail(error.message))
    worker.on('message', (message) => {
      if (message.done !== undefined) stop()
      else if (++crashes <= 20) report(decoder, message.crash, message.reason)
    })
  })
}

const { values, positionals: words } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } })
const seed = values.seed === undefined ? Date.now() >>> 0 : Number(values.seed)
const seconds = Number(words.find((word) => /^\d+$/.test(word)) ?? 60)
const wanted = words.find((word) => !/^\d+$/.test(word))

const all = await findDecoders()
const decoders = wanted === undefined ? all : all.filter(({ name }) => name === wanted)
if (decoders.length === 0) {
  console.error(`no decoder named ${wanted}; there are: ${all.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

let inputs = 0
let crashes = 0
for (const decoder of decoders) {
  const result = await fuzz(decoder, (seconds * 1000) / decoders.length, seed)
  console.log(`${decoder.name}: ${result.inputs} inputs, ${result.crashes} crashes`)
  inputs += result.inputs
  crashes += result.crashes
}
console.log(`${inputs} inputs to ${decoders.length} decoders in ${seconds} s, ${crashes} crashes (--seed ${seed})`)
process.exit(crashes === 0 ? 0 : 1)
