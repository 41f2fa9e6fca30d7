import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root as home } from '../lib/root.mjs'
import { runNode } from '../lib/run.mjs'
import { total } from '../lib/total.mjs'
import { withFixture } from './support/fixture.mjs'

describe('counting', () => {
  it('counts tests, files that cannot be loaded, and errors outside of tests', () => {
    const files = {
      'vitest.config.js': 'export default {}',
      'passes.test.js': `import { it } from 'vitest'\nit('a', () => {})\nit('b', () => {})\nit.skip('c', () => {})`,
      'fails.test.js': `import { it } from 'vitest'\nit('a', () => { throw new Error('a') })\nit('b', () => {})`,
      'does-not-load.test.js': `throw new Error('no tests here')`,
      'rejects.test.js': `import { it } from 'vitest'\nit('a', () => { Promise.reject(new Error('later')) })`,
    }
    return withFixture(
      files,
      async (root) => {
        const reporter = `--reporter=${join(home, 'scripts/lib/count-reporter.mjs')}`
        const env = { CERTWRIGHT_TEST_COUNTS: join(root, 'counts.json') }
        const { code } = await runNode(['node_modules/vitest/vitest.mjs', 'run', '--root', root, reporter], {
          cwd: root,
          env,
          quiet: true,
        })
        expect(code).toBe(1)
        expect(JSON.parse(readFileSync(env.CERTWRIGHT_TEST_COUNTS, 'utf8'))).toEqual({
          passed: 4,
          failed: 3,
          skipped: 1,
        })
      },
      { modules: true },
    )
  })

  it('ends in one line', () => {
    expect(total({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
    expect(total({ passed: 0, failed: 1, skipped: 3 })).toBe('0 passed, 1 failed, 3 skipped')
  })
})
