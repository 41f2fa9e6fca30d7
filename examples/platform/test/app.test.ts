import { expect, it } from 'vitest'
import { createApp } from '../src/app.js'

const peer = { secure: true, clientCertificates: [] }

it('counts the answers to faults of ours as well', async () => {
  const observed: string[] = []
  const app = createApp({
    authorities: new Map(),
    est: () => Promise.reject(new Error('a defect')),
    checkReady: async () => undefined,
    metrics: () => Promise.reject(new Error('a defect')),
    observe: (service, status) => void observed.push(`${service} ${status}`),
  })
  const ask = (path: string) => app(new Request(`https://pki.example${path}`), peer)
  await expect(ask('/.well-known/est/cacerts')).rejects.toThrow('a defect')
  await expect(ask('/metrics')).rejects.toThrow('a defect')
  expect((await ask('/health/live')).status).toBe(200)
  expect(observed).toEqual(['est 500', 'metrics 500', 'health 200'])
})
