import { expect, test } from 'vitest';
import { pageSecrets, type Place } from '../../../src/renderer/src/client/secrets';

/** A tab at an address; `kept` is what it keeps for the origin. */
function tab(
  search: string,
  kept: Record<string, string> = {},
): Place & { kept: Record<string, string>; addresses: unknown[] } {
  const addresses: unknown[] = [];
  return {
    kept,
    addresses,
    location: { search, pathname: '/', hash: '#compare' },
    history: { replaceState: (_data, _unused, url) => void addresses.push(url) },
    sessionStorage: {
      getItem: (name) => kept[name] ?? null,
      setItem: (name, value) => {
        kept[name] = value;
      },
    },
  };
}

/** A browser that keeps nothing for pages. */
const forbidding = {
  getItem: () => {
    throw new Error('SecurityError');
  },
  setItem: () => {
    throw new Error('SecurityError');
  },
};

test('the token of the address is offered until the page has a session, and is taken out of the address then', () => {
  const page = tab('?token=abc-_1');
  const secrets = pageSecrets(page);
  expect([secrets.offered(), page.addresses]).toEqual([['abc-_1'], []]);
  secrets.keep('mine');
  expect([secrets.offered(), page.addresses]).toEqual([['mine'], ['/#compare']]);
});

test('a reloaded page offers its session', () => {
  const page = tab('?token=abc');
  pageSecrets(page).keep('mine');
  expect(pageSecrets(tab('', page.kept)).offered()).toEqual(['mine']);
});

test('a link with another token leaves the session of the tab to be offered too', () => {
  expect(pageSecrets(tab('?token=wrong', { 'coreloom-session': 'mine' })).offered()).toEqual(['wrong', 'mine']);
  expect(pageSecrets(tab('?token=mine', { 'coreloom-session': 'mine' })).offered()).toEqual(['mine']);
});

test.each(['?token=', '?token=a%20b', '?token=a,b', '?token=%22', '?other=1', ''])(
  'nothing is offered of "%s" that no socket would take',
  (search) => {
    expect(pageSecrets(tab(search)).offered()).toEqual([]);
  },
);

test('where the browser keeps nothing, the session lasts as long as the page, and a reload comes with the token again', () => {
  const page = { ...tab('?token=abc'), sessionStorage: forbidding };
  const secrets = pageSecrets(page);
  secrets.keep('mine');
  expect([secrets.offered(), page.addresses]).toEqual([['abc', 'mine'], []]);
});
