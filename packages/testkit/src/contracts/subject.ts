import { CertwrightError, type ErrorCode } from '@certwright/core/errors'
import { afterEach, beforeEach, expect } from 'vitest'

/** What a suite tests, and how to let go of it. */
export interface Subject<T> {
  readonly subject: T
  /** Called at the end of each test. */
  readonly dispose?: () => Promise<void> | void
  /**
   * Cuts every connection to the database while calls are under way. What has no connection leaves it out: its tests then
   * run undisturbed.
   */
  readonly interrupt?: () => Promise<void> | void
}

/** Makes a fresh, empty subject for each test. */
export type MakeSubject<T> = () => Promise<Subject<T>> | Subject<T>

/** Makes a subject before each test and lets go of it afterwards; the function gives the present one. */
export function eachSubject<T>(make: MakeSubject<T>): () => Subject<T> {
  let present: Subject<T> | undefined
  beforeEach(async () => {
    present = await make()
  })
  afterEach(async () => {
    await present?.dispose?.()
    present = undefined
  })
  return () => {
    if (!present) throw new Error('there is a subject only while a test runs')
    return present
  }
}

/** As `eachSubject`, for suites that need nothing but what is tested. */
export function eachTest<T>(make: MakeSubject<T>): () => T {
  const present = eachSubject(make)
  return () => present().subject
}

/** Expects a `CertwrightError` with one of the codes. */
export async function expectCode(promise: Promise<unknown>, ...codes: readonly ErrorCode[]): Promise<void> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error, 'nothing was thrown').toBeInstanceOf(CertwrightError)
  if (error instanceof CertwrightError) expect(codes).toContain(error.code)
}

/** Everything of an async iterable. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Starts `count` calls at once; gives the values of those that succeed and the errors of the others. */
export async function race<T>(count: number, call: (i: number) => Promise<T>) {
  const results = await Promise.allSettled(Array.from({ length: count }, (_, i) => call(i)))
  return {
    values: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    errors: results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : [])),
  }
}
