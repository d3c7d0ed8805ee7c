import { ActionIcon, Menu } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './Composer.module.css'
import { kindsInSight, writtenKinds } from './entryKinds'

type Props = { kind: string; onChoose: (kind: string) => void }

/** What is written down: the usual kinds as tabs, the others behind a button, the chosen one always in sight. */
export function KindTabs({ kind, onChoose }: Props) {
  const { t } = useTranslation()
  const { ref, width } = useElementSize()
  const shown = kindsInSight(kind, width)
  const name = (each: string) => t(`fields.interaction.${each}`)
  return (
    <div ref={ref} className={classes.kinds}>
      <div className={classes.tabs} role="tablist" aria-label={t('person.kindOfEntry')}>
        {shown.map((each) => (
          <button key={each} type="button" role="tab" aria-selected={each === kind} className={classes.kind} onClick={() => onChoose(each)}>
            {name(each)}
          </button>
        ))}
      </div>
      <Menu position="bottom-start">
        <Menu.Target>
          <ActionIcon size={26} aria-label={t('person.otherKinds')}>
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {writtenKinds.filter((each) => !shown.includes(each)).map((each) => (
            <Menu.Item key={each} onClick={() => onChoose(each)}>
              {name(each)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
