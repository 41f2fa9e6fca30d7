import { type CaaParameter, parseIssueValue } from './issue-value.js'

/** On whose behalf, and after which proof, a certificate is asked for (RFC 8657). */
export interface CaaBinding {
  /** The names of this CA that domain owners write into their records, such as `ca.example`. */
  readonly identities: readonly string[]
  /** URI of the account that asks; no record with `accounturi` authorizes where there is none. */
  readonly accountUri?: string | undefined
  /**
   * How control of the name was proven: `http-01`, `dns-01`, or a label of the CA's own that begins with `ca-`. No record
   * with `validationmethods` authorizes where there is none.
   */
  readonly validationMethod?: string | undefined
}

/** A comma-separated list of labels, which may be empty (RFC 8657 section 4). */
const methodList = /^(?:[A-Za-z0-9-]+(?:,[A-Za-z0-9-]+)*)?$/

/** Why the value of an issue property does not authorize, in words after "it"; `undefined` when it does. */
export function refusalOf(text: string, binding: CaaBinding): string | undefined {
  const value = parseIssueValue(text)
  if (value === undefined) return 'is malformed, which authorizes nobody'
  if (value.issuer === undefined) return 'authorizes nobody'
  if (!binding.identities.some((identity) => identity.toLowerCase() === value.issuer)) return 'authorizes another CA'
  return accountRefusal(value.parameters, binding) ?? methodRefusal(value.parameters, binding)
}

/** RFC 8657 section 3: the account's URI, compared as text; more than one are satisfied by nobody. */
function accountRefusal(parameters: readonly CaaParameter[], { accountUri }: CaaBinding): string | undefined {
  const [wanted, ...more] = parameters.filter(({ tag }) => tag === 'accounturi')
  if (wanted === undefined) return undefined
  if (more.length > 0) return 'has several accounturi parameters'
  if (accountUri === undefined || accountUri === '') return 'authorizes an account, and none is known here'
  return wanted.value === accountUri ? undefined : 'authorizes another account'
}

/** RFC 8657 section 4. It does not say what several lists mean; as with accounts they are satisfied by nobody. */
function methodRefusal(parameters: readonly CaaParameter[], { validationMethod }: CaaBinding): string | undefined {
  const [wanted, ...more] = parameters.filter(({ tag }) => tag === 'validationmethods')
  if (wanted === undefined) return undefined
  if (more.length > 0) return 'has several validationmethods parameters'
  if (!methodList.test(wanted.value)) return 'has a malformed list of validation methods'
  if (validationMethod === undefined || validationMethod === '') {
    return 'authorizes validation methods, and none is known here'
  }
  return wanted.value.split(',').includes(validationMethod) ? undefined : 'authorizes other validation methods'
}
