/** The types of the API are those of schemas/openapi.json. */

import { readFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { expect, it } from 'vitest';

const DOCUMENT = new URL('../../../schemas/openapi.json', import.meta.url);
const TYPES = new URL('../../src/wire/api.ts', import.meta.url);

it('are up to date (`make schemas` writes them)', async () => {
  const made = astToString(await openapiTS(DOCUMENT));
  expect(readFileSync(TYPES, 'utf8')).toContain(made);
});
