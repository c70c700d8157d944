import type { Page } from 'playwright-core';

/** What a page complains of from now on: its errors, and what it writes to the console at one of these levels. */
export function problemsOf(
  page: Page,
  { levels = ['error'], problems = [] }: { levels?: string[]; problems?: string[] } = {},
): string[] {
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (levels.includes(message.type())) problems.push(message.text());
  });
  return problems;
}
