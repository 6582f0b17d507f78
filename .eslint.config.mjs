import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * What needs types to be seen. Format and everything without types is Biome's (.biome.json).
 * The strictest sets are on as they are; each setting below says why it differs.
 */
export default defineConfig(
  {
    ignores: ['dist/', 'node_modules/', '.vscode-test/', '.artifacts/', 'test/fixtures/'],
  },
  {
    files: ['**/*.{ts,tsx,mts,mjs,cjs}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        // By name, not by the nearest: pages, their tests and the rest have libraries of their own.
        project: ['tsconfig.json', 'src/webview/tsconfig.json', 'test/ui/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' },
    rules: {
      // A number in a text is itself. The others as in the strict set: options replace all of them.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {
          allowNumber: true,
          allowAny: false,
          allowBoolean: false,
          allowNever: false,
          allowNullish: false,
          allowRegExp: false,
        },
      ],
      // `() => close()` is how a callback is written here; a value where none is expected stays an error.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // An empty name is a missing one, and so is many a count of 0: there `||` is meant. For objects `??` is asked for.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      // `() => {}` is a callback that does nothing.
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      // What was caught, and thrown on later, is unknown.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      // It asks for the `!` that no-non-null-assertion forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // The compiler's noUnusedLocals and noUnusedParameters tell it, and know `_`.
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
  {
    files: ['test/**'],
    rules: {
      // What stands in for an asynchronous function is `async`, so that what it throws is a rejection.
      '@typescript-eslint/require-await': 'off',
      // Parsed answers, fixtures and what a page evaluates to are judged by assertions on their values.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // The message of a failed assertion shows whatever there was.
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  {
    files: ['**/*.cjs'],
    rules: {
      // CommonJS has nothing else.
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
);
