import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import type { CallName, ResultOf } from '../ipc/calls'
import { replaceTransport } from '../ipc/call'
import { IpcError } from '../ipc/errors'
import { createQueryClient } from '../ipc/queryClient'
import { Toasts } from '../kit/Toasts'
import { ThemeProvider } from '../kit/theme/ThemeProvider'
import { startTranslation } from '../lib/i18n'

/** Answers by name: a value, or what to do with the arguments. */
export type Answers = { [Name in CallName]?: ResultOf<Name> | ((args: never) => ResultOf<Name>) }

/** A core that gives prepared answers and remembers what it was asked. */
export function answerWith(answers: Answers): { asked: { name: string; args: unknown }[] } {
  const asked: { name: string; args: unknown }[] = []
  replaceTransport({
    kind: 'http',
    call: (name, args) => {
      asked.push({ name, args })
      const answer = answers[name as CallName] as unknown
      if (answer === undefined) return Promise.reject(new IpcError('unknown_call', name))
      return Promise.resolve().then(() => (typeof answer === 'function' ? answer(args) : answer))
    },
    listen: () => () => undefined,
    chooseFile: () => Promise.resolve(null),
    saveFile: () => Promise.resolve(false),
  })
  return { asked }
}

/** Draws a part of the screen with look, words and cache around it. */
export function draw(children: ReactNode) {
  startTranslation('vi')
  return render(
    <ThemeProvider>
      <QueryClientProvider client={createQueryClient()}>
        {children}
        <Toasts />
      </QueryClientProvider>
    </ThemeProvider>,
  )
}
