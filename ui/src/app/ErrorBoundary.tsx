import { Button } from '@mantine/core'
import i18next from 'i18next'
import { Component, type ReactNode } from 'react'
import { EmptyState } from '../kit/States'

type Props = { children: ReactNode }
type State = { failure: string | null }

/** Keeps a failing screen from taking the window with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failure: null }

  static getDerivedStateFromError(thrown: unknown): State {
    return { failure: thrown instanceof Error ? thrown.message : String(thrown) }
  }

  override render() {
    if (this.state.failure === null) return this.props.children
    return (
      <div role="alert" style={{ display: 'flex', flex: 1, height: '100%' }}>
        <EmptyState
          title={i18next.t('app.crashTitle')}
          action={
            <>
              <Button onClick={() => this.setState({ failure: null })}>{i18next.t('kit.retry')}</Button>
              <Button variant="default" onClick={() => window.location.reload()}>
                {i18next.t('app.reload')}
              </Button>
            </>
          }
        >
          <p>{i18next.t('app.crashBody')}</p>
          <code style={{ fontSize: '0.75rem', color: 'var(--q-text-faint)' }}>{this.state.failure}</code>
        </EmptyState>
      </div>
    )
  }
}
