import { ActionIcon, Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './OptionsStep.module.css'

const keys = ['externalId', 'phone', 'email', 'nameBirth'] as const

const columnsOfKey: Record<string, readonly string[]> = {
  externalId: ['externalId'],
  phone: ['phone', 'guardianPhone', 'otherGuardianPhone'],
  email: ['email'],
  nameBirth: ['birthOn'],
}

type Props = { chosen: readonly string[]; columns: readonly string[]; onChange: (keys: string[]) => void }

/** By what a row finds its person: tried from the top down. */
export function MatchKeys({ chosen, columns, onChange }: Props) {
  const { t } = useTranslation()
  const offered = [...chosen, ...keys.filter((key) => !chosen.includes(key))]
  const move = (key: string, step: number) => {
    const from = chosen.indexOf(key)
    const next = [...chosen]
    next.splice(from, 1)
    next.splice(from + step, 0, key)
    onChange(next)
  }
  return (
    <fieldset className={classes.keys}>
      <legend className={classes.heading}>{t('import.options.match')}</legend>
      <p className={classes.hint}>{t('import.options.matchHint')}</p>
      <ol className={classes.list}>
        {offered.map((key) => {
          const place = chosen.indexOf(key)
          const isHere = columnsOfKey[key]?.some((column) => columns.includes(column)) ?? true
          const label = t(`import.matchKey.${key}`, { defaultValue: key })
          return (
            <li key={key} className={classes.key}>
              <Checkbox
                label={label}
                description={isHere ? undefined : t('import.options.notInSheet')}
                checked={place >= 0}
                onChange={() => onChange(place >= 0 ? chosen.filter((other) => other !== key) : [...chosen, key])}
              />
              {place >= 0 ? (
                <span className={classes.moves}>
                  <ActionIcon aria-label={t('import.options.up', { key: label })} disabled={place === 0} onClick={() => move(key, -1)}>
                    <IconArrowUp size={15} stroke={1.7} />
                  </ActionIcon>
                  <ActionIcon aria-label={t('import.options.down', { key: label })} disabled={place === chosen.length - 1} onClick={() => move(key, 1)}>
                    <IconArrowDown size={15} stroke={1.7} />
                  </ActionIcon>
                </span>
              ) : null}
            </li>
          )
        })}
      </ol>
      {chosen.length === 0 ? <p className={classes.warning}>{t('import.options.noMatch')}</p> : null}
    </fieldset>
  )
}
