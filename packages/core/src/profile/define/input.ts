import type { NameKind, ProfileConfig } from '../config/index.js'

/** One text or several. */
export type Texts = string | readonly [string, ...string[]]
type ManyTexts = Texts | readonly string[]

/** Alternative names by kind, as `generalName` reads them; other names as `parseGeneralName` does, such as `UPN:a@b.example`. */
export type NamesInput = { readonly [K in NameKind]?: ManyTexts }

type RequiredKinds<K> = { [N in keyof K]: K[N] extends { readonly required: true } ? N : never }[keyof K]
type NamesOf<K> = { readonly [N in RequiredKinds<K>]: Texts } & {
  readonly [N in Exclude<keyof K & NameKind, RequiredKinds<K>>]?: ManyTexts
}

type NamesPart<S> = S extends { readonly use: 'never' }
  ? { readonly names?: never }
  : S extends { readonly kinds: infer K }
    ? S extends { readonly use: 'required' }
      ? { readonly names: NamesOf<K> }
      : [RequiredKinds<K>] extends [never]
        ? { readonly names?: NamesOf<K> }
        : { readonly names: NamesOf<K> }
    : S extends { readonly use: 'required' }
      ? { readonly names: NamesInput }
      : { readonly names?: NamesInput }

/** The variables of a template such as `CN=<First Name> <Last Name>`. */
export type TemplateVariables<T extends string> = T extends `${string}<${infer V}>${infer Rest}`
  ? V | TemplateVariables<Rest>
  : never

type RequiredAttributes<A> = { [N in keyof A]: A[N] extends { readonly required: true } ? N : never }[keyof A]
type FixedAttributes<A> = { [N in keyof A]: A[N] extends { readonly source: 'fixed' } ? N : never }[keyof A]
type OtherAttributes<A, S> = S extends { readonly others: 'refused' | 'dropped' }
  ? { readonly [N in Exclude<keyof A, RequiredAttributes<A> | FixedAttributes<A>>]?: ManyTexts }
  : { readonly [name: string]: ManyTexts | undefined }

/** Attributes by type, from the most general to the most special one. */
export type SubjectInput = { readonly [type: string]: ManyTexts | undefined }

type SubjectPart<S> = S extends { readonly fixed: string }
  ? { readonly subject?: never; readonly variables?: never }
  : S extends { readonly builder: { readonly type: 'template'; readonly template: infer T extends string } }
    ? { readonly subject?: SubjectInput; readonly variables: { readonly [V in TemplateVariables<T>]: string } }
    : S extends { readonly builder: { readonly type: 'basic' } }
      ? { readonly subject?: SubjectInput; readonly variables: { readonly [type: string]: string } }
      : S extends { readonly attributes: infer A }
        ? [RequiredAttributes<A>] extends [never]
          ? { readonly subject?: OtherAttributes<A, S>; readonly variables?: never }
          : {
              readonly subject: { readonly [N in RequiredAttributes<A>]: Texts } & OtherAttributes<A, S>
              readonly variables?: never
            }
        : S extends { readonly empty: 'refused' }
          ? S extends { readonly builder: unknown }
            ? { readonly subject?: SubjectInput; readonly variables?: never }
            : { readonly subject: SubjectInput; readonly variables?: never }
          : { readonly subject?: SubjectInput; readonly variables?: never }

type PurposesPart<P> = P extends { readonly extendedKeyUsage: { readonly request: 'allowed'; readonly required: true } }
  ? { readonly purposes: readonly [string, ...string[]] }
  : P extends { readonly extendedKeyUsage: { readonly request: 'allowed' } }
    ? { readonly purposes?: readonly string[] }
    : { readonly purposes?: never }

type ValidityPart<V> = V extends { readonly requester: 'nothing' }
  ? { readonly notAfter?: never }
  : { readonly notAfter?: Date }

/** What a request under a profile needs, and may have: what is missing or not allowed is a compile error. */
export type ProfileInput<P extends ProfileConfig> = SubjectPart<P['subject']> &
  NamesPart<P['subjectAlternativeName']> &
  PurposesPart<P> &
  ValidityPart<P['validity']>
