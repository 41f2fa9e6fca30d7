import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { foreign, foreignTest } from '@certwright/testkit/foreign'
import { expect, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const node = foreign('node', { debianPackage: 'nodejs' })
const vitest = `${root}/node_modules/vitest/vitest.mjs`

const suite = `
import { foreign, foreignTest } from '@certwright/testkit/foreign'

const missing = foreign('certwright-no-such-program', { debianPackage: 'no-such-package' })
foreignTest([missing], 'needs it', () => {
  throw new Error('must not run')
})
`

/** Runs a suite of one test, which needs a program that nobody has, in a vitest of its own. */
async function runSuite(env: Readonly<Record<string, string>>) {
  await mkdir(`${root}/node_modules/.cache`, { recursive: true })
  const directory = await mkdtemp(`${root}/node_modules/.cache/certwright-test-`)
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  await writeFile(`${directory}/peer.test.ts`, suite)
  const source = (name: string) => `${root}/packages/testkit/src/${name}/index.ts`
  const config = `export default { resolve: { alias: { '@certwright/testkit/foreign': '${source('foreign')}' } },
    test: { include: ['peer.test.ts'], exclude: [] } }`
  await writeFile(`${directory}/vitest.config.mjs`, config)
  const args = [vitest, 'run', '--root', directory, '--reporter=verbose']
  return node.run(args, { anyExit: true, env: { NO_COLOR: '1', FORCE_COLOR: '0', ...env } })
}

foreignTest([node], 'is reported as skipped, with the package to install', async () => {
  const { code, text, stderr } = await runSuite({ REQUIRE_PEERS: '' })
  expect(code).toBe(0)
  expect(text).toContain('1 skipped')
  expect(text + stderr).toContain('apt-get install no-such-package')
})

foreignTest([node], 'fails where peers are required', async () => {
  const { code, text, stderr } = await runSuite({ REQUIRE_PEERS: '1' })
  expect(code).toBe(1)
  expect(text + stderr).toContain('apt-get install no-such-package')
})
