export const typescriptCompiler: {
  name: string;
  generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): unknown }): void;
};
