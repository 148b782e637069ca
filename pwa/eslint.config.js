import js from '@eslint/js';
import ts from 'typescript-eslint';

/** Run from the project's root (see package.json): the globs below begin there. */

const UNSAFE_HTML = [
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'Text becomes HTML here. Build elements instead.',
  },
  {
    selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    message: 'Text becomes HTML here. Build elements instead.',
  },
  {
    selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write/]",
    message: 'Text becomes HTML here. Build elements instead.',
  },
];

const ROOMS = ['screens', 'parts', 'store', 'sync', 'domain', 'words', 'offline'];

/** Which folders of src/ a folder may import; `packages` are the outside ones it may not. */
const FLOORS = {
  screens: { may: ['parts', 'store', 'sync', 'domain', 'words', 'offline'], packages: [] },
  parts: { may: ['words', 'domain'], packages: ['idb'] },
  // @preact/signals tells who listens; it draws nothing, so the floors below screens may use it.
  sync: { may: ['store', 'domain'], packages: ['preact', 'idb'] },
  store: { may: ['domain'], packages: ['preact'] },
  offline: { may: ['domain', 'words'], packages: ['idb'] },
  words: { may: ['domain'], packages: ['preact', 'idb'] },
  domain: { may: [], packages: ['preact', '@preact', 'idb'] },
};

function floor([room, { may, packages }]) {
  const patterns = [
    {
      regex: '(^|/)worker(/|$)',
      message: 'The page and the service worker import nothing of each other',
    },
  ];
  const closed = ROOMS.filter((other) => other !== room && !may.includes(other));
  if (closed.length > 0) {
    patterns.push({
      regex: `^\\.\\.?/(.*/)?(${closed.join('|')})(/|$)`,
      message: `${room}/ may import only: ${may.join(', ') || 'nothing of ours'}`,
    });
  }
  if (packages.length > 0) {
    patterns.push({
      regex: `^(${packages.join('|')})(/|$)`,
      message: `${room}/ stands below this package`,
    });
  }
  return {
    files: [`pwa/src/${room}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
}

export default ts.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'pwa/src/wire/**'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.recommended],
    languageOptions: {
      parserOptions: {
        project: ['page', 'worker', 'desk', 'test', 'node'].map(
          (name) => `${import.meta.dirname}/tsconfig.${name}.json`,
        ),
      },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-eval': 'error',
      'no-restricted-syntax': ['error', ...UNSAFE_HTML],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-implied-eval': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  { files: ['pwa/scripts/**'], languageOptions: { globals: { console: 'readonly' } } },
  {
    files: ['pwa/worker/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '(^|/)src(/|$)', message: 'The service worker imports nothing of the page' },
          ],
        },
      ],
    },
  },
  ...Object.entries(FLOORS).map(floor),
);
