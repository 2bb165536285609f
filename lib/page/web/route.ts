// Addresses within the page: `#/service/Web%20Shop`, `#/findings?q=mail&severity=high`.

export interface Route { page: string; word: string; query: URLSearchParams }

export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page = '', ...rest] = path.split('/');
  let word = rest.join('/');
  try {
    word = decodeURIComponent(word);
  } catch {
    // As it is.
  }
  return { page, word, query: new URLSearchParams(query) };
}

export function address(page: string, word = '', query?: URLSearchParams): string {
  const asked = query?.toString() ?? '';
  return `#/${page}${word === '' ? '' : '/' + encodeURIComponent(word)}${asked === '' ? '' : '?' + asked}`;
}

export function go(to: string): void { location.hash = to; }

/** Changes the address without a step for the back button. */
export function correct(to: string): void { history.replaceState(null, '', to); }
