import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runUntilKilled } from '@certwright/testkit'
import { expect, onTestFinished, test } from 'vitest'

async function program(text: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'certwright-kill-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const path = join(directory, 'program.mjs')
  await writeFile(path, text)
  return path
}

test('a process is killed at the line asked for; all it said is there', async () => {
  const path = await program(`import { writeSync } from 'node:fs'
    for (let i = 0; ; i++) writeSync(1, process.argv[2] + i + '\\n')`)
  const { lines, killed } = await runUntilKilled(path, { args: ['line '], when: (line) => line === 'line 20' })
  expect(killed).toBe(true)
  expect(lines.slice(0, 21)).toEqual(Array.from({ length: 21 }, (_, i) => `line ${i}`))
})

test('a line without end does not count', async () => {
  const path = await program(`process.stdout.write('whole\\nhalf')`)
  expect(await runUntilKilled(path, { when: () => false })).toEqual({ lines: ['whole'], killed: false, stderr: '' })
})

test('a process that ends by itself was not killed', async () => {
  const path = await program(`console.error('no'); process.exit(3)`)
  expect(await runUntilKilled(path, { when: () => true })).toEqual({ lines: [], killed: false, stderr: 'no\n' })
})
