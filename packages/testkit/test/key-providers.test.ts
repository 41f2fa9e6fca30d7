import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryKeys, softwareKeys } from '@certwright/core/defaults'
import { keyProviderContract } from '@certwright/testkit/contracts'

keyProviderContract('memoryKeys', () => ({ subject: memoryKeys() }))
keyProviderContract(
  'softwareKeys',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'certwright-keys-'))
    const dispose = () => rm(directory, { recursive: true, force: true })
    return { subject: softwareKeys({ dir: directory, passphrase: 'of a test' }), dispose }
  },
  { types: ['ecdsa-p256', 'rsa-2048'] },
)
