// npm start: makes the checkout ready and runs the reference platform in this process, so that signals reach it.
// Arguments go to the platform: npm start -- --help
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { requireNode } from './lib/node-version.mjs'

requireNode()
const { prepare } = await import('./lib/prepare.mjs')
const { requireSqlite } = await import('./lib/install.mjs')
const { root } = await import('./lib/root.mjs')
const { SetupError } = await import('./lib/setup-error.mjs')

try {
  await prepare({ types: false })
  if (!process.argv.some((argument) => /^--(database|config|help)\b/.test(argument))) await requireSqlite()
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(`\n${error.message}`)
  process.exit(1)
}
await import(pathToFileURL(`${root}/examples/platform/dist/main.js`).href)
