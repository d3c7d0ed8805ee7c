import { RunPage } from './RunPage'
import { StartPage } from './StartPage'
import { useImportScreen } from './useImport'
import { WizardPage } from './WizardPage'

/** A list from elsewhere becomes people. */
export function ImportPage() {
  const screen = useImportScreen()
  if (screen.kind === 'setup') return <WizardPage wizard={screen.wizard} />
  if (screen.kind === 'run') return <RunPage key={screen.importId} importId={screen.importId} fileName={screen.fileName} />
  return <StartPage />
}
