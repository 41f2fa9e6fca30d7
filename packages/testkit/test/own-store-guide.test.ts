import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { expect } from 'vitest'

/** The adapter of docs/guides/own-store.md, with the suites that it runs itself: what the guide shows is what is tested. */
const root = new URL('../../../', import.meta.url)
const guide = await readFile(new URL('docs/guides/own-store.md', root), 'utf8')
const code = /^```ts\n(.*?)^```$/ms.exec(guide)?.[1]
expect(code).toContain('recordStoreContract(')

const cache = fileURLToPath(new URL('node_modules/.cache/', root))
await mkdir(cache, { recursive: true })
const directory = await mkdtemp(`${cache}certwright-guide-`)
const outfile = `${directory}/guide.mjs`
const source = (path: string) => fileURLToPath(new URL(`packages/${path}`, root))
await build({
  stdin: { contents: code ?? '', loader: 'ts', resolveDir: cache },
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['vitest'],
  alias: {
    '@certwright/testkit/contracts': source('testkit/src/contracts/index.ts'),
    '@certwright/core/errors': source('core/src/errors.ts'),
    ...Object.fromEntries(
      ['asn1', 'x509', 'ports', 'storage', 'defaults', 'algorithms'].map((room) => [
        `@certwright/core/${room}`,
        source(`core/src/${room}/index.ts`),
      ]),
    ),
  },
})
await import(pathToFileURL(outfile).href)
await rm(directory, { recursive: true })
