import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router'
import { LoadingLines } from '../kit/States'
import { NotFound } from './NotFound'
import { RouteError } from './RouteError'
import { Shell } from './Shell'
import { TodayScreen } from './TodayScreen'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today' })
  },
})

// The page of every start: its code is in the first file, not one journey later.
const today = createRoute({ getParentRoute: () => root, path: '/today', component: TodayScreen })

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: lazyRouteComponent(() => import('../features/contact/PeoplePage'), 'PeoplePage'),
})

const bin = createRoute({
  getParentRoute: () => root,
  path: '/people/bin',
  component: lazyRouteComponent(() => import('../features/contact/BinPage'), 'BinPage'),
})

const person = createRoute({
  getParentRoute: () => root,
  path: '/people/$id',
  component: lazyRouteComponent(() => import('../features/contact/PersonPage'), 'PersonPage'),
})

const importing = createRoute({
  getParentRoute: () => root,
  path: '/import',
  component: lazyRouteComponent(() => import('../features/import/ImportPage'), 'ImportPage'),
})

const review = createRoute({
  getParentRoute: () => root,
  path: '/review',
  component: lazyRouteComponent(() => import('../features/review/ReviewPage'), 'ReviewPage'),
})

const sync = createRoute({
  getParentRoute: () => root,
  path: '/sync',
  component: lazyRouteComponent(() => import('../features/sync/SyncPage'), 'SyncPage'),
})

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/SettingsPage'), 'SettingsPage'),
})

// A page of all parts of the kit; left out of what people get.
const gallery = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => root,
        path: '/gallery',
        component: lazyRouteComponent(() => import('../kit/Gallery'), 'Gallery'),
      }),
    ]
  : []

const routes = [home, today, people, bin, person, importing, review, sync, settings]

/** The screens. The address stands behind `#`, which works under tauri://localhost and `quen serve` alike. */
export function createAppRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({
    routeTree: root.addChildren([...routes, ...gallery]),
    history,
    defaultPreload: false,
    scrollRestoration: true,
    defaultPendingComponent: LoadingLines,
    defaultErrorComponent: RouteError,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
