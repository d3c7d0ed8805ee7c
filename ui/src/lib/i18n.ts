import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from './dates'

type Words = { [key: string]: string | Words }

const files = import.meta.glob<{ default: Words }>('../locales/*/*.json', { eager: true })

/** All words of a language: each file `locales/<language>/<name>.json` is the top-level key `<name>`. */
export function wordsOf(language: Language): Words {
  const words: Words = {}
  for (const [path, file] of Object.entries(files)) {
    const match = /locales\/(\w+)\/([\w-]+)\.json$/.exec(path)
    if (match?.[1] === language && match[2]) words[match[2]] = file.default
  }
  return words
}

const storageKey = 'quen.language'

/** The language that was chosen on this machine; Vietnamese until someone chooses. */
export function chosenLanguage(): Language {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'vi'
}

/** Starts translation. */
export function startTranslation(language: Language = chosenLanguage()): i18n {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'vi',
    resources: { vi: { translation: wordsOf('vi') }, en: { translation: wordsOf('en') } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  })
  document.documentElement.lang = language
  return i18next
}

/** Changes the language now and for the next start. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(storageKey, language)
  document.documentElement.lang = language
  if (i18next.language !== language) void i18next.changeLanguage(language)
}
