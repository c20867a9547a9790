// The layer arrows of docs/architecture.md, as law: app → server → db, lib; components → lib; lib → lib only.
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const TESTS = ['**/*.test.ts', '**/*.test.tsx', '**/*.property.test.ts', '**/test-kit/**'];

/** Forbids importing from the named top-level folders. */
function forbidFolders(folders, why) {
  return {
    group: folders.flatMap((folder) => [`@/${folder}/**`, `@/${folder}`]),
    message: why,
  };
}

const IO_PACKAGES = [
  'node:*',
  'fs',
  'path',
  'next',
  'next/*',
  'react',
  'react-dom',
  'socket.io',
  'socket.io-client',
  'drizzle-orm',
  'drizzle-orm/*',
  'postgres',
  'pino',
  'ioredis',
];

export default tseslint.config(
  {
    ignores: [
      'node_modules/**',
      '.next/**',
      'dist/**',
      '.data/**',
      '.cache/**',
      'next-env.d.ts',
      'test-results/**',
      'playwright-report/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-imports': ['error', { patterns: [{ group: ['../../*'], message: 'Use the @/ alias.' }] }],
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      'no-undef': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['lib/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: IO_PACKAGES, message: 'lib/ does no I/O.' },
            forbidFolders(['server', 'db', 'app', 'components', 'bench', 'bin'], 'lib/ imports only lib/.'),
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...['process', 'fetch', 'setTimeout', 'setInterval', 'performance', 'window', 'document', 'localStorage'].map(
          (name) => ({ name, message: 'lib/ is pure: pass it in.' }),
        ),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is passed in.' },
        { object: 'Date', property: 'now', message: 'Time is passed in.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time is passed in.' },
        { selector: ':function[async=true]', message: 'lib/ is synchronous.' },
        { selector: 'AwaitExpression', message: 'lib/ is synchronous.' },
      ],
    },
  },
  {
    files: ['db/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [forbidFolders(['server', 'app', 'components'], 'db/ is below the shell.')] },
      ],
    },
  },
  {
    files: ['server/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [forbidFolders(['app', 'components'], 'The shell does not know its views.')] },
      ],
    },
  },
  {
    files: ['components/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [forbidFolders(['server', 'db', 'app'], 'Components see lib/ and each other only.')] },
      ],
    },
  },
  {
    files: ['app/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [forbidFolders(['db'], 'Routes call server verbs.')] }],
    },
  },
  {
    files: ['**/*.tsx', 'components/**/*.ts'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['bin/**', 'bench/**', 'server/test-kit/**', '**/*.test.ts', '**/*.test.tsx', 'e2e/**'],
    rules: { 'no-console': 'off' },
  },
);
