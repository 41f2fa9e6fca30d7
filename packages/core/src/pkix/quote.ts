/** What does not show, or reorders what does: controls, format characters, separators of lines, what no font has. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu

/** Whether a text shows as what it is, so that it needs no quotation marks for that reason. @internal */
export const showsAsItIs = (text: string): boolean => text.search(hidden) < 0

/** A text as a JSON string that shows every character: nothing in it can draw its own line in a log. @internal */
export const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(hidden, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
