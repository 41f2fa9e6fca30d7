/** Something the user can repair; the message says what and how, and is printed without a stack. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError'
}
