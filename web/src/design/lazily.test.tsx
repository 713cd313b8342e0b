import { renderToStaticMarkup } from 'react-dom/server';
import { Suspense } from 'react';
import { expect, it } from 'vitest';
import { fetchAhead, lazily } from './lazily';

it('code that is here already is drawn at once; other code shows the placeholder first', async () => {
  const load = async () => ({ default: ({ name }: { name: string }) => <p>{name}</p> });
  const Part = lazily(load);
  const drawn = () => renderToStaticMarkup(<Suspense fallback={<i>…</i>}><Part name="page" /></Suspense>);
  expect(drawn()).toContain('<i>…</i>');
  await fetchAhead(load);
  expect(drawn()).toBe('<p>page</p>');
});
