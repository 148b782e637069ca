// Puts the font of official papers beside the build: the server draws PDFs with it.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const faces = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'];

mkdirSync(join(root, 'dist', 'fonts'), { recursive: true });
for (const face of faces) {
  const name = `Tinos_${face}.ttf`;
  const from = join(root, 'node_modules', '@expo-google-fonts', 'tinos', face, name);
  copyFileSync(from, join(root, 'dist', 'fonts', name));
}
