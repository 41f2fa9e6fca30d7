import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeWhole } from '../src/files.js'
import { dataFolder } from './support/child.js'

const folder = dataFolder()
afterAll(() => folder.remove())

it('leaves nothing of a secret behind when a file cannot be written', async () => {
  mkdirSync(join(folder.path, 'taken', 'by a folder'), { recursive: true })
  await expect(writeWhole(join(folder.path, 'taken'), 'secret', 0o600)).rejects.toThrow()
  expect(readdirSync(folder.path)).toEqual(['taken'])
})
