// Builds every package: JavaScript with tsup, declarations with one `tsc -b`, which is the type check as well.
//
//   node scripts/build.mjs [--js] [--if-needed]
//
// --js         JavaScript only: what a program needs to run
// --if-needed  leaves alone the packages whose sources have not changed since their last build
import { argv, exit } from 'node:process'
import { parseArgs } from 'node:util'
import { buildJavaScript } from './lib/build-javascript.mjs'
import { isBuilt, sourcesOf } from './lib/build-stamp.mjs'
import { runNode } from './lib/run.mjs'
import { readWorkspaces } from './lib/workspaces.mjs'

/** @param {{ js: boolean, ifNeeded: boolean }} options */
async function build({ js, ifNeeded }) {
  for (const workspace of readWorkspaces()) {
    if (ifNeeded && isBuilt(workspace, sourcesOf(workspace))) continue
    const begun = performance.now()
    await buildJavaScript(workspace)
    console.log(`built ${workspace.path} (${Math.round(performance.now() - begun)} ms)`)
  }
  if (js) return
  const begun = performance.now()
  const { code } = await runNode(['node_modules/typescript/bin/tsc', '-b'])
  if (code !== 0) throw new Error('tsc -b failed: the errors above say where')
  console.log(`types and declarations (${Math.round(performance.now() - begun)} ms)`)
}

try {
  const { values } = parseArgs({
    args: argv.slice(2),
    options: { js: { type: 'boolean' }, 'if-needed': { type: 'boolean' } },
  })
  await build({ js: values.js === true, ifNeeded: values['if-needed'] === true })
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`)
  exit(1)
}
