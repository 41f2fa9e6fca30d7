/**
 * `npm run bench -- NAME [--json]` runs `bench/NAME.ts`, which exports
 * `run(): Promise<readonly { id, value, unit, what }[]>`, and prints its rows with the machine they were measured on.
 */
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism, cpus, platform, release } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './lib/bundle.mjs'
import { root } from './lib/root.mjs'

/** @typedef {{ id: string, value: number, unit: string, what: string }} Row */

const names = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.ts') && !file.startsWith('_'))
  .map((file) => file.slice(0, -3))

const json = process.argv.includes('--json')
const [name] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

if (name === undefined || !existsSync(join(root, 'bench', `${name}.ts`))) {
  console.error(`usage: npm run bench -- NAME [--json], where NAME is one of: ${names.join(', ')}`)
  process.exit(2)
}

const { run } = await import(pathToFileURL(await bundle(`bench/${name}.ts`)).href)
/** @type {readonly Row[]} */
const rows = await run()
const machine = {
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  os: `${platform()} ${release()}`,
}

if (json) console.log(JSON.stringify({ bench: name, machine, rows }, null, 2))
else {
  console.log(`${name} on ${machine.cpu}, ${machine.cores} cores, node ${machine.node}`)
  const widest = Math.max(...rows.map(({ id }) => id.length))
  for (const { id, value, unit, what } of rows) {
    console.log(`${id.padEnd(widest)}  ${`${value}`.padStart(10)} ${unit.padEnd(6)} ${what}`)
  }
}
