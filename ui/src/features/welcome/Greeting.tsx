import { useTranslation } from 'react-i18next'
import { Avatar } from '../../kit/Avatar'
import classes from './Welcome.module.css'

// Three desks around one list of people: what Quen is, drawn.
const desks = [
  { name: 'Quận 1', x: 64, y: 60 },
  { name: 'Gò Vấp', x: 296, y: 92 },
  { name: 'Thủ Đức', x: 132, y: 268 },
]
const people = ['Trần Thị Ánh', 'Nguyễn Văn An', 'Lê Đức Ổn', 'Phạm Hồng Ửng', 'Đỗ Quỳnh Chi']
const places = [
  [168, 128],
  [222, 168],
  [162, 196],
  [236, 222],
  [196, 84],
] as const

/** The quiet half of the first screen: what this is. */
export function Greeting() {
  const { t } = useTranslation()
  return (
    <section className={classes.greeting} aria-label="Quen">
      <div className={classes.brand}>
        <svg width={32} height={32} viewBox="0 0 32 32" aria-hidden>
          <rect width="32" height="32" rx="8" fill="#0b6b56" />
          <circle cx="14.5" cy="15" r="7" fill="none" stroke="#fff" strokeWidth="3.2" />
          <path d="M18.5 19.5 24 25" stroke="#fff" strokeWidth="3.2" strokeLinecap="round" />
          <circle cx="24.5" cy="8.5" r="2.2" fill="#f2c879" />
        </svg>
        Quen
      </div>
      <div className={classes.drawing} aria-hidden>
        <svg viewBox="0 0 400 340" className={classes.lines}>
          {desks.flatMap((desk) =>
            places.map(([x, y], index) => (
              <line key={`${desk.name}-${index}`} x1={desk.x} y1={desk.y} x2={x} y2={y} stroke="currentColor" strokeWidth="1" />
            )),
          )}
        </svg>
        {desks.map((desk) => (
          <span key={desk.name} className={classes.desk} style={{ left: `${desk.x / 4}%`, top: `${desk.y / 3.4}%` }}>
            {desk.name}
          </span>
        ))}
        {people.map((name, index) => {
          const [x, y] = places[index] ?? places[0]
          return (
            <span key={name} className={classes.person} style={{ left: `${x / 4}%`, top: `${y / 3.4}%` }}>
              <Avatar name={name} size={38} />
            </span>
          )
        })}
      </div>
      <h1 className={classes.slogan}>{t('welcome.slogan')}</h1>
      <p className={classes.promise}>{t('welcome.promise')}</p>
    </section>
  )
}
