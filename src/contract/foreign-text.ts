import { binarySize, number, plural } from './figures';

// What others wrote (a report from elsewhere, what a task prints or throws, the name of a file or a processor) and where
// it is shown. This file alone knows which characters do harm there, with one function for each place.

/**
 * Controls, what turns the direction of writing, what is not seen (zero width, tags, fillers, variation selectors),
 * separators of lines and paragraphs, halves of characters. Line feeds and tabs are harmless in a text of many lines.
 */
const HARMFUL = '(?:(?![\\n\\t])[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb])';
/** Scripts and emoji are joined, and emoji coloured, by what is not seen by itself; so are the ends of lines of Windows. */
const HARMLESS =
  '\\r\\n|(?<=[^\\0-\\x7f])(?<=[\\p{L}\\p{M}\\p{Extended_Pictographic}\\p{Emoji_Modifier}])[\\u200c\\u200d](?=[^\\0-\\x7f])(?=[\\p{L}\\p{Extended_Pictographic}])|(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]|(?<=[#*0-9])\\ufe0f(?=\\u20e3)';
const HARM = new RegExp(`(${HARMLESS})|${HARMFUL}+`, 'gu');
const EACH_HARMFUL = new RegExp(HARMFUL, 'gu');
/** Colours, moves of the cursor, titles of windows: whole sequences of a terminal go without a trace (ECMA-48). */
const SEQUENCE =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u009b[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u0090\u0098\u009c-\u009f]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/g;
/** Marks that pile up on one letter reach over the lines above it. */
const PILE = /(\p{M}{8})\p{M}+/gu;
const LINE_BREAK = /[\n\r\v\f\u0085\u2028\u2029]+/g;
const ASCII_LINES = /^[\x20-\x7e\t\n]*$/;
const ASCII_LINE = /^[\x20-\x7e\t]*$/;

const STAND_IN = '\ufffd';

/** The longest text that is kept of anything: the longest printed line with room to spare, in UTF-16 units. */
export const MAX_TEXT = 16 * 1024;
/** The longest sentence or name. */
export const MAX_SENTENCE = 2_000;

/** For a terminal, of one or many lines: nothing in it steers, hides or turns around. What did stands as U+FFFD. */
export function visible(text: string): string {
  if (ASCII_LINES.test(text)) return text;
  return text
    .replace(SEQUENCE, '')
    .replace(HARM, (_, harmless: string | undefined) => harmless ?? STAND_IN)
    .replace(PILE, `$1${STAND_IN}`);
}

/** As `visible`, in one line and of a bounded length, however long it was: how a foreign text is kept. */
export function plain(text: string, most = MAX_SENTENCE): string {
  if (text.length <= most && ASCII_LINE.test(text)) return text;
  const [head, rest] = text.length <= most ? [text, 0] : [text.slice(0, most), text.length - most];
  const line = visible(
    head
      .replace(SEQUENCE, '')
      .replace(/[\ud800-\udbff]$/, '')
      .replace(/[\n\r]+$/, '')
      .replace(LINE_BREAK, ' '),
  );
  return rest === 0 ? line : `${line}${cutWords(rest)}`;
}

/** What stands for the end of a text that was cut off. */
const cutWords = (characters: number): string => `… (${number(characters)} more characters cut off)`;

/** Plain data with every text in it as `plain` has it, also its names of fields. */
export function plainIn<T>(value: T): T {
  return plainValue(value) as T;
}

function plainValue(value: unknown): unknown {
  if (typeof value === 'string') return plain(value, MAX_TEXT);
  if (typeof value !== 'object' || value === null) return value;
  // Long columns of numbers are handed on as they are.
  if (Array.isArray(value)) return value.some((item) => typeof item !== 'number') ? value.map(plainValue) : value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [plain(name), plainValue(item)]));
}

/** A name or path as it can be believed: each character that is not seen is spelled out, such as `\u{202e}`. */
export function spelledOut(name: string): string {
  return name.replace(EACH_HARMFUL, spell).replace(/[\n\t]/g, spell);
}

const spell = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For an element or a quoted attribute of HTML. */
export function asHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '');
}

/**
 * What GitHub and other renderers make a link, a mention, a reference, a formula or an emoji of, whatever is escaped in
 * it: addresses, @names, #numbers, names of commits, $…$, :names:.
 */
const LINKED = /\/\/|www\.|@|[#!]\d|\bgh-\d|\$|:[+-]?[a-z][\w+-]*:|\b(?=\d*[a-f])[0-9a-f]{7,40}\b/i;

/** For Markdown, within a line: text that stays text, with what would be linked written as code. */
export function asMarkdown(text: string): string {
  const parts = plain(text, Infinity)
    .trim()
    .split(/([\s`|]+)/);
  const escaped = parts
    .map((part, at) =>
      at % 2 === 0 && LINKED.test(part) ? `\`${part}\`` : part.replace(/[\\`*_{}[\]<>#|~!&]/g, escapeMark),
    )
    .join('');
  // A line that begins so is a list or a rule.
  return escaped.replace(/^([-+]+|\d+(?=[.)]))(?=[.)]?(?:\s|$))/, (begin) =>
    /\d/.test(begin) ? `${begin}\\` : `\\${begin}`,
  );
}

const escapeMark = (mark: string): string => (/[<>&]/.test(mark) ? (ENTITIES[mark] ?? '') : `\\${mark}`);

/** What a spreadsheet begins a formula with, also in its wide, small and raised forms, and as a minus sign. */
const FORMULA =
  '[=+\\-@\\t\\r\\u2212\\uff1d\\uff0b\\uff0d\\uff20\\ufe62\\ufe63\\ufe66\\ufe6b\\ufb29\\u207a-\\u207c\\u208a-\\u208c]';
const BEGINS_FORMULA = new RegExp(`^[\\s'"\`${STAND_IN}]*${FORMULA}`);
/** Where a spreadsheet that parts cells there, as many do by their language, would begin another cell. */
const INNER_CELL = new RegExp(`([;\\t])(?=\\s*${FORMULA})`, 'g');

/** For a cell of CSV (RFC 4180): no spreadsheet takes it for a formula, and it ends where it ends. */
export function asCsv(text: string): string {
  const shown = visible(text);
  const safe = (BEGINS_FORMULA.test(shown) ? `'${shown}` : shown).replace(INNER_CELL, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A value as JSON whose every harmful character is written as its number: the same value, and nothing that steers where it is shown. */
export function asJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(EACH_HARMFUL, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** For a part of a file's name, on every system: letters, digits and hyphens; empty where the text has none. */
export function asFileName(text: string): string {
  return text
    .slice(0, MAX_SENTENCE)
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}

/** The line that stands for printed lines that were left out. */
export function lostWords(lines: number, bytes: number): string {
  return `… ${plural(lines, 'line')} (${binarySize(bytes)}) ${lines === 1 ? 'was' : 'were'} printed too fast and dropped`;
}
