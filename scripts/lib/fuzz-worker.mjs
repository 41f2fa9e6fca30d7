/** Runs one decoder on mutations until the time is over; the input under work is always in the shared memory. */
import { parentPort, workerData } from 'node:worker_threads'
import { createRandom, mutate } from './mutate.mjs'

const { file, decoder, milliseconds, seed, shared } = workerData
const { targets } = await import(file)
const { seeds, run } = targets[decoder]

const state = new Int32Array(shared, 0, 2)
const memory = new Uint8Array(shared, 8)
const random = createRandom(seed)
/** @type {Uint8Array[]} */
const corpus = [...seeds]
const keep = 400

const end = performance.now() + milliseconds
let inputs = 0
while (performance.now() < end) {
  for (let burst = 0; burst < 200; burst++, inputs++) {
    const base = corpus[random(corpus.length)] ?? seeds[0]
    const input = mutate(base, random, corpus[random(corpus.length)] ?? base)
    if (input.length > memory.length) continue
    memory.set(input)
    Atomics.store(state, 1, input.length)
    Atomics.add(state, 0, 1)
    try {
      const running = run(input)
      if (running instanceof Promise) await running
    } catch (error) {
      parentPort?.postMessage({
        crash: input,
        reason: error instanceof Error ? (error.stack ?? error.message) : `${error}`,
      })
    }
    // Without coverage to go by, any mutation may lead on to another; long ones are let go.
    if (random(50) === 0 && input.length > 0 && input.length < 4 * seeds[0].length) {
      if (corpus.length < keep) corpus.push(input)
      else corpus[seeds.length + random(keep - seeds.length)] = input
    }
  }
}
parentPort?.postMessage({ done: inputs })
