import { Chips } from '../parts/chips';
import { language, LANGUAGES, speak, t } from '../words';

export function LanguageChips() {
  return (
    <Chips
      label={t().sync.language}
      options={LANGUAGES.map(({ code, name }) => [code, name] as const)}
      value={language.value}
      onChange={(code) => {
        if (code === 'vi' || code === 'en') void speak(code);
      }}
    />
  );
}
