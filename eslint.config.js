import tseslint from 'typescript-eslint';

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name: one name everywhere.' };
const noSyncRead = {
  selector: 'MemberExpression[property.name=/^(dataSync|arraySync)$/]',
  message: 'Read back with `await tensor.data()`: a synchronous read stalls or breaks the WebGPU backend.',
};

const noSignalWrite = {
  selector:
    ':matches(AssignmentExpression[left.property.name="value"], UpdateExpression[argument.property.name="value"])',
  message: 'Elements read signals and call commands (src/app/session.ts): no element writes a `.value`.',
};

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', 'training/', 'runs/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The two type-aware rules that catch real faults here: a promise that nobody waits for fails silently.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      'no-restricted-syntax': ['error', noDefaultExport, noSyncRead],
      'no-console': 'error',
    },
  },
  {
    files: ['src/{ui,views,page}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noSyncRead, noSignalWrite] },
  },
);
