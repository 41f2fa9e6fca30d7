import {
  auditChainContract,
  auditSinkContract,
  certificateStoreContract,
  recordStoreContract,
} from '@certwright/testkit/contracts'
import type { SqlStore } from '../../src/index.js'

/** A fresh, empty store, and how to take it away. */
export type MakeStore = () => Promise<{
  readonly store: SqlStore
  readonly dispose: () => Promise<void>
  readonly interrupt?: () => Promise<void>
}>

/** Holds a store to the contracts of all three ports. */
export function storeContracts(name: string, make: MakeStore): void {
  certificateStoreContract(name, async () => {
    const { store, ...rest } = await make()
    return { subject: store.certificates, ...rest }
  })
  recordStoreContract(name, async () => {
    const { store, ...rest } = await make()
    return { subject: store.records, ...rest }
  })
  auditChainContract(name, async () => {
    const { store, ...rest } = await make()
    return { subject: store.auditChain, ...rest }
  })
  auditSinkContract(name, async () => {
    const { store, dispose } = await make()
    const events = async () => (await store.auditEvents({ limit: 1000 })).items
    return { subject: { audit: store.audit, events }, dispose }
  })
}
