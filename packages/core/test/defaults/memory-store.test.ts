import {
  auditChainContract,
  auditSinkContract,
  certificateStoreContract,
  recordStoreContract,
} from '@certwright/testkit/contracts'
import { memoryStore } from '../../src/defaults/memory-store.js'

certificateStoreContract('memoryStore', () => ({ subject: memoryStore().certificates }))
recordStoreContract('memoryStore', () => ({ subject: memoryStore().records }))
auditSinkContract('memoryStore', () => {
  const { audit, auditEvents } = memoryStore()
  return { subject: { audit, events: async () => auditEvents } }
})
auditChainContract('memoryStore', () => ({ subject: memoryStore().auditChain }))
