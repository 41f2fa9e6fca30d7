import { profileShape } from '../config/index.js'
import type { JsonSchema } from '../shape/index.js'

/** The JSON Schema (2020-12) of a profile config: the same definition that `compileProfile` checks by. */
export const profileJsonSchema: JsonSchema = Object.freeze({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'ProfileConfig',
  description: 'What a certificate profile allows and decides.',
  ...profileShape.schema,
})
