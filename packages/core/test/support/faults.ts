import type { AuditSink, CertificateStore, Store } from '@certwright/core/ports'

/** The steps of an issuance as the stores see them. */
export type Step = 'reserve' | 'complete' | 'audit'

/** A real store around which a test watches the order of steps, and fails chosen ones before or after they happen. */
export function watched(store: Store) {
  const steps: string[] = []
  let fault: { readonly step: Step; readonly when: 'before' | 'after' } | undefined

  async function run<T>(step: Step, call: () => Promise<T>): Promise<T> {
    if (fault?.step === step && fault.when === 'before') throw new Error(`cut off before ${step}`)
    const result = await call()
    steps.push(step)
    if (fault?.step === step && fault.when === 'after') throw new Error(`cut off after ${step}`)
    return result
  }

  const certificates: CertificateStore = {
    ...store.certificates,
    reserve: (intent) => run('reserve', () => store.certificates.reserve(intent)),
    complete: (issuer, serial, issued) => run('complete', () => store.certificates.complete(issuer, serial, issued)),
  }
  const audit: AuditSink = { record: (event) => run('audit', () => store.audit.record(event)) }
  return {
    store: { certificates, records: store.records, audit } satisfies Store,
    steps,
    fail(step: Step, when: 'before' | 'after'): void {
      fault = { step, when }
    },
    heal(): void {
      fault = undefined
    },
  }
}
