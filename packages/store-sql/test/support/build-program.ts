import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll } from 'vitest'

const packages = fileURLToPath(new URL('../../..', import.meta.url))
/** Ignored by every tool, and the drivers are found from there. */
const cache = fileURLToPath(new URL('../../../../node_modules/.cache', import.meta.url))

/** All rooms of core: one that was left out would come from an earlier build, beside the sources of the others. */
const rooms = readdirSync(`${packages}/core/src`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

/**
 * Makes a program of this directory runnable by Node itself, for tests that need a process of their own. It is there until the
 * file's tests are done.
 *
 * @returns the path of the module
 */
export async function buildProgram(name: string): Promise<string> {
  await mkdir(cache, { recursive: true })
  const directory = await mkdtemp(`${cache}/certwright-test-`)
  afterAll(() => rm(directory, { recursive: true, force: true }))
  const outfile = `${directory}/${name}.mjs`
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3', 'pg'],
    alias: Object.fromEntries([
      ['@certwright/core/errors', `${packages}/core/src/errors.ts`],
      ...rooms.map((room) => [`@certwright/core/${room}`, `${packages}/core/src/${room}/index.ts`] as const),
    ]),
  })
  return outfile
}
